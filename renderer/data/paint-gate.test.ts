import { describe, expect, it } from 'vitest'
import { createPaintGate } from './paint-gate.ts'

describe('the paint gate', () => {
  it('passes on while visible, holds back while hidden, and lets go once', () => {
    const painted: number[] = []
    const gate = createPaintGate((fn) => fn())
    gate.afterPaint(() => painted.push(1))
    gate.setVisible(false)
    gate.afterPaint(() => painted.push(2))
    expect(painted).toEqual([1])
    gate.setVisible(true)
    gate.setVisible(true)
    expect(painted).toEqual([1, 2])
    gate.afterPaint(() => painted.push(3))
    expect(painted).toEqual([1, 2, 3])
  })
})
