import type { Seqs } from '../../../shared/bridge/protocol.ts'
import { type RecordStream, recordStreams } from '../../../shared/bridge/streams.ts'
import type { tradesTable } from '../../../shared/bridge/tables.ts'
import type { Waiting } from '../../../shared/table/late-rows.ts'
import { TRUSTED } from '../../../shared/table/table-store.ts'
import type { PackedOf } from '../../../shared/wire/schema.ts'
import { valueFirstMargins } from '../value/margins.ts'
import { type LinkingInOrder, linkInOrder } from '../world/link-in-order.ts'
import type { Overrides } from '../world/links.ts'
import type { World } from '../world/world.ts'
import { putSnapshotRows } from './apply-rows.ts'
import type { Rows } from './check-rows.ts'

/**
 * A world that comes in. Trades are the most and the last of it, and a bridge sends them account by account: they are
 * linked and the margins of their accounts worked out while they come, so that little is left to do behind the last row.
 * Where rows come otherwise the world stays unlinked, and is linked whole before it is valued.
 */
export type Staging = {
  readonly world: World
  /** Numbers from which on the world is one moment; null: rows are still coming. */
  readonly settled: () => Seqs | null
  /** True: the rows wait in their frame, which must stay as it is. */
  readonly put: (stream: RecordStream, rows: Waiting) => boolean
  /** Something else than rows is about to come in. */
  readonly disturb: () => void
  readonly end: (settled: Seqs) => void
}

/** Some more than a snapshot announces, so that the first change behind it does not move the whole table. */
const roomFor = (rows: number): number => rows + Math.ceil(rows / 32) + 64

/** @param expected rows that were announced */
export const createStaging = (
  world: World,
  expected: Readonly<Record<RecordStream, number>>,
  overrides: Overrides,
): Staging => {
  /** Where many accounts came, many trades are believed. */
  const trusted = (): number => TRUSTED * recordStreams.reduce((sum, stream) => sum + world[stream].size(), 0)
  let settled: Seqs | null = null
  /** Null: not begun; 'given up': something came that it cannot go on with. */
  let linking: LinkingInOrder | 'given up' | null = null
  /** Accounts below this have their margins. */
  let valued = 0

  const valueAccounts = (to: number): void => {
    valueFirstMargins(world, valued, to)
    valued = Math.max(valued, to)
  }

  const linkTrades = (from: number, rows: Rows): void => {
    linking ??= linkInOrder(world, overrides, expected.trades)
    if (linking === 'given up') return
    if (linking.trades(from, rows as unknown as PackedOf<typeof tradesTable>))
      valueAccounts(linking.accountsDone())
    else linking = 'given up'
  }

  return {
    world,
    settled: () => settled,
    put: (stream, rows) => {
      const from = world[stream].high()
      if (from === 0) world[stream].reserve(roomFor(expected[stream]), trusted())
      const waits = putSnapshotRows(world, stream, rows)
      // Rows that came before, and others behind the first trades, change what was linked.
      if (stream === 'trades' && world.trades.high() - from === rows.rows) linkTrades(from, rows)
      else if (stream === 'trades' || linking) linking = 'given up'
      return waits
    },
    disturb: () => {
      if (!settled) linking = 'given up'
    },
    end: (given) => {
      settled = given
      if (!linking || linking === 'given up') return
      linking.finish()
      valueAccounts(world.users.high())
    },
  }
}
