import { useState } from 'react'
import { GridTabs } from '../../ui/grid/grid-tabs.tsx'
import { ByCurrency } from './by-currency.tsx'
import { BySymbol } from './by-symbol.tsx'
import type { Scope } from './scope.ts'
import { ScopePicker } from './scope-picker.tsx'
import './exposure-panel.css'

const tabs = [
  { id: 'symbol', label: 'By symbol' },
  { id: 'currency', label: 'By currency' },
] as const

/** What the house carries: both books of the clients against the coverage, by symbol and by currency. */
export const ExposurePanel = () => {
  const [tab, setTab] = useState<(typeof tabs)[number]['id']>('symbol')
  const [scope, setScope] = useState<Scope>(null)
  const Face = tab === 'symbol' ? BySymbol : ByCurrency
  return (
    <Face
      scope={scope}
      onClearScope={() => setScope(null)}
      lead={
        <>
          <GridTabs label="Exposure" tabs={tabs} now={tab} onChange={setTab} />
          <ScopePicker scope={scope} onChange={setScope} />
        </>
      }
    />
  )
}
