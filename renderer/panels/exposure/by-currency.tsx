import { type ReactNode, useMemo, useState } from 'react'
import { useSession } from '../../data/session-store.ts'
import { GridPanel } from '../../ui/grid/grid-panel.tsx'
import { currenciesColumns, currenciesReads } from './exposure-columns.ts'

const defaultSort = { column: 'netBase', descending: true }
const noFilter = {}

export const ByCurrency = ({ lead }: { readonly lead: ReactNode }) => {
  const base = useSession()?.base ?? ''
  const [currency, setCurrency] = useState<string | null>(null)
  const columns = useMemo(() => currenciesColumns(base), [base])
  return (
    <GridPanel
      id="currencies"
      kind="currencies"
      title="Currencies"
      keyField="currency"
      reads={currenciesReads}
      columns={columns}
      defaultSort={defaultSort}
      filter={noFilter}
      filterWords=""
      onClearFilter={() => {}}
      placeholder="Currency"
      selected={currency}
      onSelect={(key) => setCurrency(String(key))}
      onOpen={() => {}}
      lead={lead}
      empty={
        <>
          <p className="panel-message-title">No exposure</p>
          <p>As soon as a position is open, the currencies it is made of stand here.</p>
        </>
      }
    />
  )
}
