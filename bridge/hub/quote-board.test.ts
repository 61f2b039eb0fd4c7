import { describe, expect, it } from 'vitest'
import { createQuoteBoard } from './quote-board.ts'

const DAY = 86_400_000

describe('quote board', () => {
  it('keeps high and low of the bid and starts anew with the day', () => {
    const board = createQuoteBoard()
    board.tick(1, 0, 10, 10.2, DAY - 3)
    board.tick(2, 0, 12, 12.2, DAY - 2)
    board.tick(3, 0, 9, 9.2, DAY - 1)
    expect(board.movedSince(0)[0]).toEqual({ symbol: 0, bid: 9, ask: 9.2, high: 12, low: 9, time: DAY - 1 })
    board.tick(4, 0, 11, 11.2, DAY)
    expect(board.movedSince(0)[0]).toMatchObject({ high: 11, low: 11 })
  })

  it('knows who moved since when', () => {
    const board = createQuoteBoard()
    board.load({ symbol: 7, bid: 1, ask: 2, high: 1, low: 1, time: 5 }, 0)
    board.tick(1, 0, 10, 11, 1)
    board.tick(2, 1, 10, 11, 1)
    const moved = (seq: number): number[] => board.movedSince(seq).map((q) => q.symbol)
    expect(moved(-1)).toEqual([7, 0, 1])
    expect(moved(0)).toEqual([0, 1])
    expect(moved(1)).toEqual([1])
    expect(moved(2)).toEqual([])
    board.renumber(100)
    expect(moved(99)).toEqual([7, 0, 1])
    expect(moved(100)).toEqual([])
  })
})
