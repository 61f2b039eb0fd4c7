import { useState } from 'react'
import { GridTabs } from '../../ui/grid/grid-tabs.tsx'
import { ByCurrency } from './by-currency.tsx'
import { BySymbol } from './by-symbol.tsx'
import './exposure-panel.css'

const tabs = [
  { id: 'symbol', label: 'By symbol' },
  { id: 'currency', label: 'By currency' },
] as const

/** What the house carries: clients against coverage, by symbol and by currency. */
export const ExposurePanel = () => {
  const [tab, setTab] = useState<(typeof tabs)[number]['id']>('symbol')
  const lead = <GridTabs label="Exposure" tabs={tabs} now={tab} onChange={setTab} />
  return tab === 'symbol' ? <BySymbol lead={lead} /> : <ByCurrency lead={lead} />
}
