import type { TradeRecord } from '../../../shared/bridge/tables.ts'
import type { World } from '../world/world.ts'
import { numberColumn, type ViewColumn } from './source.ts'
import { pooledColumn } from './text-columns.ts'

/**
 * Columns of trades as the server sent them. Rows of a snapshot may wait in their frames (`trade-table.ts`): the cells of a
 * slice are read where they are, and a column is written down for all when rows are put in order by it.
 */

type TextName = 'symbol' | 'comment'
type NumberName = Exclude<keyof TradeRecord, TextName>

const copyKeys = (column: ArrayLike<number>, ids: Int32Array, n: number, keys: Float64Array): void => {
  for (let k = 0; k < n; k++) keys[k] = column[ids[k] as number] as number
}

/** A number of a trade. */
export const tradeNumber = ({ trades }: World, name: NumberName, trade: number): number =>
  trades.cell(name, trade) as number

export const tradeNumbers = (world: World, name: NumberName): ViewColumn =>
  numberColumn(
    (i) => tradeNumber(world, name, i),
    (ids, n, keys) => copyKeys(world.trades.column(name), ids, n, keys),
  )

export const tradeTexts = ({ trades, pool }: World, name: TextName): ViewColumn => ({
  kind: 'text',
  at: (i) => trades.cell(name, i) as string,
  ranks: (ids, n) => {
    const codes = trades.column(name)
    const { ranks } = pooledColumn(pool, (i) => codes[i] as number)
    return ranks(ids, n)
  },
})
