import type { SecMargin } from '../../../shared/bridge/nested.ts'
import type { Seqs } from '../../../shared/bridge/protocol.ts'
import { type RecordStream, recordStreams } from '../../../shared/bridge/streams.ts'
import { beginLinking, type Linking } from '../world/links.ts'
import type { World } from '../world/world.ts'
import { putSnapshotRows } from './apply-rows.ts'
import type { Rows } from './check-rows.ts'

/**
 * A world that comes in. Trades are the most and the last of it, so they are linked while they come: little is left to do
 * behind the last row. Where rows come otherwise than a bridge sends them the world stays unlinked, and is linked whole
 * before it is valued.
 */
export type Staging = {
  readonly world: World
  /** Numbers from which on the world is one moment; null: rows are still coming. */
  readonly settled: () => Seqs | null
  readonly put: (stream: RecordStream, rows: Rows) => void
  /** Something else than rows is about to come in. */
  readonly disturb: () => void
  readonly end: (settled: Seqs) => void
}

/** Trades linked at once: what is looked up for each stays in the cache from one to the next. */
const AT_ONCE = 1 << 15

/** Some more than a snapshot announces, so that the first change behind it does not move the whole table. */
const roomFor = (rows: number): number => rows + Math.ceil(rows / 32) + 64

/** @param expected rows that were announced */
export const createStaging = (
  world: World,
  expected: Readonly<Record<RecordStream, number>>,
  overrides: (secMargins: string) => readonly SecMargin[],
): Staging => {
  for (const stream of recordStreams) world[stream].reserve(roomFor(expected[stream]))
  let settled: Seqs | null = null
  /** Null: not begun; 'given up': something came that it cannot go on with. */
  let linking: Linking | 'given up' | null = null

  /** Trades below this slot are linked. */
  let linked = 0

  const linkTrades = (to: number): void => {
    linking ??= beginLinking(world, overrides, expected.trades)
    if (linking !== 'given up') linking.trades(linked, to)
    linked = to
  }

  return {
    world,
    settled: () => settled,
    put: (stream, rows) => {
      const from = world[stream].high()
      putSnapshotRows(world, stream, rows)
      const to = world[stream].high()
      // Rows that came before, and others behind the first trades, change what was linked.
      if (stream === 'trades' && to - from === rows.rows) {
        if (to - linked >= AT_ONCE) linkTrades(to)
      } else if (stream === 'trades' || linking) linking = 'given up'
    },
    disturb: () => {
      if (!settled) linking = 'given up'
    },
    end: (given) => {
      settled = given
      if (!linking || linking === 'given up') return
      linkTrades(world.trades.high())
      linking.finish()
    },
  }
}
