import { describe, expect, it } from 'vitest'
import type { ViewKind } from '../../shared/api/views.ts'
import type { LiveColumn } from '../ui/grid/live-column.ts'
import { accountsColumns, accountsReads } from './accounts/accounts-columns.ts'
import { currenciesColumns, currenciesReads } from './exposure/currencies-columns.ts'
import { exposureColumns, exposureReads } from './exposure/exposure-columns.ts'
import { groupsColumns, groupsReads } from './groups/groups-columns.ts'
import { pendingsColumns, pendingsReads } from './positions/pendings-columns.ts'
import { positionsColumns, positionsReads } from './positions/positions-columns.ts'
import { quotesColumns, quotesReads } from './quotes/quotes-columns.ts'

/** A grid asks only for the columns that are shown, so a column may read nothing that is not asked for with it. */

type Any = LiveColumn<ViewKind>
const grids: Record<string, [columns: readonly object[], reads: readonly string[]]> = {
  accounts: [accountsColumns('USD'), accountsReads],
  positions: [positionsColumns('USD'), positionsReads],
  pendings: [pendingsColumns, pendingsReads],
  exposure: [exposureColumns('USD'), exposureReads],
  currencies: [currenciesColumns('USD'), ['currency', ...currenciesReads]],
  groups: [groupsColumns('USD', 'group'), groupsReads],
  quotes: [quotesColumns, quotesReads],
}

const words = new Set([
  'currency',
  'symbol',
  'name',
  'group',
  'country',
  'description',
  'comment',
  'book',
  'key',
])

/** Names a column reads of a row whose every figure is `value`. */
const readOf = (column: Any, value: number): string[] => {
  const names = new Set<string>()
  const row = new Proxy({} as never, {
    get: (_, name) => {
      names.add(String(name))
      if (words.has(String(name))) return 'EUR'
      return name === 'digits' || name === 'levelType' ? 2 : value
    },
  })
  column.text(row)
  column.tone?.(row)
  column.figure?.(row)
  return [...names]
}

describe.each(Object.entries(grids))('columns of %s', (_, [columns, reads]) => {
  it.each((columns as readonly Any[]).map((column) => [column.id as string, column] as const))(
    '%s reads only itself and what is always asked for',
    (id, column) => {
      const known = new Set([id, ...reads])
      for (const value of [0, 1, -2.5, Number.NaN])
        expect(readOf(column, value).filter((name) => !known.has(name))).toEqual([])
    },
  )
})
