import { describe, expect, it } from 'vitest'
import { createTextPool } from './text-pool.ts'

describe('createTextPool', () => {
  it('gives equal texts one code', () => {
    const pool = createTextPool()
    expect(pool.retain('EURUSD')).toBe(pool.retain('EURUSD'))
    expect(pool.retain('')).toBe(0)
    expect(pool.text(pool.retain('[sl]'))).toBe('[sl]')
  })

  it('frees a code with its last holder', () => {
    const pool = createTextPool()
    const code = pool.retain('from #1')
    pool.retain('from #1')
    pool.release(code)
    expect(pool.text(code)).toBe('from #1')
    pool.release(code)
    expect(pool.retain('from #2')).toBe(code)
    expect(pool.size()).toBe(2)
  })

  it('keeps thousands of texts apart', () => {
    const pool = createTextPool()
    const codes = Array.from({ length: 5000 }, (_, i) => pool.retain(`comment ${i}`))
    expect(new Set(codes).size).toBe(5000)
    expect(codes.map(pool.text)).toEqual(codes.map((_, i) => `comment ${i}`))
  })
})
