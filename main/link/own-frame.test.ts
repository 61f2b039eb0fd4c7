import { describe, expect, it } from 'vitest'
import { quotesTable, ticksTable } from '../../shared/bridge/tables.ts'
import { tableFrame } from '../../shared/wire/frames.ts'
import { FrameType, openFrame } from '../../shared/wire/header.ts'
import { newestTick } from './newest-tick.ts'
import { ownFrame } from './own-frame.ts'

const header = { stream: 5, n: 1, scope: 7, first: 1, flags: 0 }
const ticks = tableFrame({ ...header, type: FrameType.TICKS }, ticksTable, {
  rows: 3,
  columns: { symbol: [1, 2, 3], bid: [1, 1, 1], ask: [2, 2, 2], time: [10, 30, 20] },
})

describe('frames for the sink', () => {
  it('own their buffer and carry the number of our follow', () => {
    const slab = new Uint8Array(8 + ticks.byteLength + 8).fill(0xee)
    slab.set(ticks, 8)
    const { header: h, frame } = openFrame(slab.subarray(8, 8 + ticks.byteLength))
    const own = ownFrame(frame, 99)
    expect(own.buffer.byteLength).toBe(ticks.byteLength)
    expect(new DataView(own.buffer).getUint32(12, true)).toBe(99)
    expect(h.scope).toBe(7)
    structuredClone(own, { transfer: [own.buffer] })
    expect(slab[0]).toBe(0xee)
  })

  it('that own their buffer already are not copied', () => {
    const { frame } = openFrame(new Uint8Array(ticks))
    expect(ownFrame(frame, 1).buffer).toBe(frame.buffer)
  })
})

describe('newest tick', () => {
  it('is the latest time in the frame', () => {
    const { header: h, frame } = openFrame(new Uint8Array(ticks))
    expect(newestTick(h, frame)).toBe(30)
    const quotes = openFrame(
      tableFrame({ ...header, type: FrameType.QUOTES }, quotesTable, {
        rows: 2,
        columns: { symbol: [1, 2], bid: [1, 1], ask: [1, 1], high: [1, 1], low: [1, 1], time: [77, 5] },
      }),
    )
    expect(newestTick(quotes.header, quotes.frame)).toBe(77)
  })

  it('is 0 where there is none, or the frame is shorter than its rows', () => {
    const { header: h, frame } = openFrame(new Uint8Array(ticks))
    expect(newestTick({ ...h, type: FrameType.CHANGES }, frame)).toBe(0)
    expect(newestTick({ ...h, rows: 1000 }, frame)).toBe(0)
  })
})
