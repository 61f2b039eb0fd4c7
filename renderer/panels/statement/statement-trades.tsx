import { useMemo, useState } from 'react'
import type { StatementReport, StatementRow } from '../../../shared/api/statements.ts'
import { formatNumber } from '../../ui/format.ts'
import { ListGrid } from '../../ui/grid/list-grid.tsx'
import { statementColumns } from './statement-columns.ts'

const filters = {
  all: { words: 'All', keeps: (r: StatementRow) => r.row > 0 },
  differs: { words: 'Differing', keeps: (r: StatementRow) => r.state === 'differs' },
  notComputable: { words: 'Not computable', keeps: (r: StatementRow) => r.state === 'notComputable' },
} as const
type Filter = keyof typeof filters

/** Trades and operations of a statement, printed beside recomputed. */
export const StatementTrades = ({ report }: { readonly report: StatementReport }) => {
  const [filter, setFilter] = useState<Filter>(
    report.closed.differing + report.open.differing > 0 ? 'differs' : 'all',
  )
  const columns = useMemo(() => statementColumns(report), [report])
  const rows = useMemo(() => report.rows.filter(filters[filter].keeps), [report, filter])
  const count = (of: Filter): number => report.rows.filter(filters[of].keeps).length
  return (
    <section className="statement-trades" aria-label="Trades of the statement">
      <div className="statement-tabs">
        {(Object.keys(filters) as Filter[]).map((id) => (
          <button
            key={id}
            type="button"
            className="tab"
            aria-pressed={filter === id}
            disabled={id !== 'all' && count(id) === 0}
            onClick={() => setFilter(id)}
          >
            {filters[id].words} {formatNumber(count(id))}
          </button>
        ))}
      </div>
      <div className="statement-list">
        <ListGrid
          label="Trades of the statement"
          rows={rows}
          columns={columns}
          keyOf={(r) => String(r.row)}
        />
      </div>
    </section>
  )
}
