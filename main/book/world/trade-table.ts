import { tradesTable } from '../../../shared/bridge/tables.ts'
import { createNumberKeys } from '../../../shared/table/keys.ts'
import { createTableStore } from '../../../shared/table/table-store.ts'
import type { TextPool } from '../../../shared/table/text-pool.ts'

const createStore = (pool: TextPool) =>
  createTableStore(tradesTable, 'order', createNumberKeys(), pool, {
    kind: 'u8',
    account: 'i32',
    /** Place in the ledger; −1: no open position, or one of nobody's. */
    place: 'i32',
  })

type Store = ReturnType<typeof createStore>
type Columns = Store['columns']

/**
 * The trades. Those of a snapshot may stay as they came for a while: `columns` writes all of them down before it answers,
 * `column` one column of all, `at` what came with one row, `cell` nothing. What is our own is always there.
 */
export type TradeTable = Omit<Store, 'columns'> & {
  readonly columns: Columns
  readonly own: Pick<Columns, 'kind' | 'account' | 'place'>
  /** All columns, good for the row of this slot. */
  readonly at: (slot: number) => Columns
}

/** On a prototype: an object with an accessor of its own would look different to V8 each time one is made. */
const guard = {
  get columns(): Columns {
    const table = this as unknown as TradeTable & { readonly written: Columns }
    table.settle()
    return table.written
  },
}

export const createTradeTable = (pool: TextPool): TradeTable => {
  const { columns: written, ...store } = createStore(pool)
  const at = (slot: number): Columns => {
    store.settle(slot, slot + 1)
    return written
  }
  return Object.assign(Object.create(guard), { ...store, written, own: written, at }) as TradeTable
}
