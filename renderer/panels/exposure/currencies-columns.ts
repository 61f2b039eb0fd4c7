import { formatMoney } from '../../ui/format.ts'
import type { LiveColumn } from '../../ui/grid/live-column.ts'
import { totalMoney } from '../../ui/grid/totals.ts'
import { barCell } from './bar-cell.ts'

/** Columns of the exposure by currency; amounts in that currency. */
export const currenciesColumns = (base: string): readonly LiveColumn<'currencies'>[] => [
  {
    id: 'currency',
    header: 'Currency',
    width: 74,
    text: (r) => r.currency,
    total: () => 'Total',
  },
  {
    id: 'netBase',
    header: `Net ${base}`,
    hint: `Net amount in ${base}; the bar compares it with the largest`,
    width: 126,
    numeric: true,
    text: (r) => formatMoney(r.netBase, base),
    draw: barCell<'currencies'>(
      (r) => r.netBase,
      (r) => formatMoney(r.netBase, base),
    ),
    total: totalMoney('netBase'),
  },
  {
    id: 'net',
    header: 'Net',
    hint: 'Clients less coverage, in that currency',
    width: 122,
    numeric: true,
    text: (r) => formatMoney(r.net, r.currency),
  },
  {
    id: 'clients',
    header: 'Clients',
    hint: 'What the clients hold of it, in that currency',
    width: 122,
    numeric: true,
    text: (r) => formatMoney(r.clients, r.currency),
  },
  {
    id: 'coverage',
    header: 'Coverage',
    hint: 'What the coverage holds of it, in that currency',
    width: 122,
    numeric: true,
    text: (r) => (r.coverage === 0 ? '' : formatMoney(r.coverage, r.currency)),
  },
]

/** What columns and panel read besides the columns that are shown. */
export const currenciesReads = [] as const
