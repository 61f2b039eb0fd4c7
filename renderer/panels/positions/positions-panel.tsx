import { useState } from 'react'
import { useSelection } from '../../data/selection-store.ts'
import { GridTabs } from '../../ui/grid/grid-tabs.tsx'
import { type Follow, followWords } from './follow.ts'
import { OpenPositions } from './open-positions.tsx'
import { Pendings } from './pendings.tsx'

const tabs = [
  { id: 'open', label: 'Positions' },
  { id: 'pending', label: 'Pendings' },
] as const

/** Open positions and pending orders; either may follow the linked client or symbol. */
export const PositionsPanel = () => {
  const [tab, setTab] = useState<(typeof tabs)[number]['id']>('open')
  const [follow, setFollow] = useState<Follow>('off')
  const selection = useSelection()
  const words = followWords(follow, selection)

  const lead = <GridTabs label="Orders" tabs={tabs} now={tab} onChange={setTab} />
  const toggles = [
    {
      id: 'client',
      label: follow === 'login' && words ? `${words} ✕` : 'Follow client',
      title: follow === 'login' ? 'Show all again' : 'Only the orders of the selected client',
      on: follow === 'login',
      onChange: (on: boolean) => setFollow(on ? 'login' : 'off'),
    },
    {
      id: 'symbol',
      label: follow === 'symbol' && words ? `${words} ✕` : 'Follow symbol',
      title: follow === 'symbol' ? 'Show all again' : 'Only the orders in the selected symbol',
      on: follow === 'symbol',
      onChange: (on: boolean) => setFollow(on ? 'symbol' : 'off'),
    },
  ]
  const shared = { lead, toggles, follow, onClearFilter: () => setFollow('off') }
  return tab === 'open' ? <OpenPositions {...shared} /> : <Pendings {...shared} />
}
