import { useMemo, useState } from 'react'
import { useSession } from '../../data/session-store.ts'
import { GridPanel } from '../../ui/grid/grid-panel.tsx'
import { currenciesColumns, currenciesReads } from './currencies-columns.ts'
import { scopeFilter, scopeText } from './scope.ts'
import { type ScopedProps, scopeNote } from './scoped-props.ts'

const defaultSort = { column: 'netBase', descending: true }

export const ByCurrency = ({ lead, scope, onClearScope }: ScopedProps) => {
  const base = useSession()?.base ?? ''
  const [currency, setCurrency] = useState<string | null>(null)
  const columns = useMemo(() => currenciesColumns(base), [base])
  const filter = useMemo(() => scopeFilter(scope), [scope])
  return (
    <GridPanel
      id="currencies"
      kind="currencies"
      title="Currencies"
      keyField="currency"
      reads={currenciesReads}
      columns={columns}
      defaultSort={defaultSort}
      filter={filter}
      filterWords={scopeText(scope)}
      onClearFilter={onClearScope}
      placeholder="Currency"
      selected={currency}
      onSelect={(key) => setCurrency(String(key))}
      onOpen={() => {}}
      lead={lead}
      foot={() => scope && scopeNote}
      empty={
        <>
          <p className="panel-message-title">No exposure</p>
          <p>As soon as a position is open, the currencies it is made of stand here.</p>
        </>
      }
    />
  )
}
