import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createHeap } from './heap.ts'

const drain = (heap: { pop: () => number | undefined }): number[] => {
  const out: number[] = []
  for (let item = heap.pop(); item !== undefined; item = heap.pop()) out.push(item)
  return out
}

describe('createHeap', () => {
  it('gives everything back in order', () => {
    fc.assert(
      fc.property(fc.array(fc.integer()), (numbers) => {
        const heap = createHeap<number>((a, b) => a < b)
        for (const number of numbers) heap.push(number)
        expect(heap.size()).toBe(numbers.length)
        expect(drain(heap)).toEqual([...numbers].sort((a, b) => a - b))
      }),
    )
  })

  it('stays a heap when items are filtered out', () => {
    fc.assert(
      fc.property(fc.array(fc.integer()), fc.integer({ min: 1, max: 5 }), (numbers, n) => {
        const heap = createHeap<number>((a, b) => a > b)
        for (const number of numbers) heap.push(number)
        heap.filter((number) => number % n === 0)
        const kept = numbers.filter((number) => number % n === 0)
        expect(heap.peek()).toBe(kept.length > 0 ? Math.max(...kept) : undefined)
        expect(drain(heap)).toEqual(kept.sort((a, b) => b - a))
      }),
    )
  })
})
