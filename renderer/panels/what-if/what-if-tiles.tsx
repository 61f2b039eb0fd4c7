import type { ReactNode } from 'react'
import type { WhatIf } from '../../../shared/api/what-if.ts'
import { formatAmount, formatGain, formatNumber, gainClass } from '../../ui/format.ts'

const Tile = ({
  name,
  hint,
  tone = '',
  note,
  children,
}: {
  readonly name: string
  readonly hint: string
  readonly tone?: string
  readonly note?: string
  readonly children: ReactNode
}) => (
  <div className="figure" title={hint}>
    <dt>{name}</dt>
    <dd className={tone}>
      {children}
      {note && <span className="figure-word muted"> {note}</span>}
    </dd>
  </div>
)

/** The book as a whole: results by whose they are, and how many accounts are hit. */
export const WhatIfTiles = ({ answer }: { readonly answer: WhatIf }) => {
  const { changes, base, now, end, met, deficits } = answer
  const gain = (name: string, value: number, hint: string) => (
    <Tile name={name} hint={hint} tone={gainClass(value)}>
      {formatGain(value, base)}
    </Tile>
  )
  const count = (name: string, of: 'calls' | 'stopOuts', hint: string) => (
    <Tile
      name={name}
      hint={hint}
      tone={met[of] > 0 ? 'figure-alarm' : ''}
      note={`now ${formatNumber(now[of])}, then ${formatNumber(end[of])}`}
    >
      {formatNumber(met[of], 0, true)}
    </Tile>
  )
  return (
    <dl className="figures what-if-tiles" aria-label={`What would change, in ${base}`}>
      {gain(`Broker ${base}`, changes.broker, 'Change of coverage less change of the B-book')}
      {gain('B-book clients', changes.bBook, 'Change of the results the broker itself stands against')}
      {gain('Coverage', changes.coverage, 'Change of the results of the broker’s own hedges')}
      {gain('A-book clients', changes.aBook, 'Change of the results that are passed on')}
      {count('Margin calls', 'calls', 'Accounts that come into margin call somewhere on the way')}
      {count('Stop-outs', 'stopOuts', 'Accounts that come into stop-out somewhere on the way')}
      <Tile
        name="Below zero"
        hint="Accounts with negative equity at the end, and what the broker might not get back"
        tone={deficits.accounts > 0 ? 'figure-alarm' : ''}
        note={deficits.accounts > 0 ? formatAmount(deficits.amount, base, true) : ''}
      >
        {formatNumber(deficits.accounts)}
      </Tile>
    </dl>
  )
}
