import type { Alert } from '../../../shared/api/models.ts'
import { useView } from '../../data/use-view.ts'
import { BLANK, formatGain, formatMoney, formatNumber, formatServerTime, gainClass } from '../../ui/format.ts'
import { marginLevelText } from '../accounts/margin-level.ts'

type Line = {
  readonly name: string
  readonly before: string
  readonly now: string
  readonly sign?: readonly [before: number, now: number]
}

const useLines = ({ figures, login }: Alert): { lines: Line[]; live: boolean } => {
  const { data, status } = useView({
    kind: 'accounts',
    filter: { login },
    sort: { column: 'login', descending: false },
    from: 0,
    count: 1,
    pace: 2,
    hold: false,
  })
  const now = (
    column: 'floating' | 'dayPl' | 'equity' | 'balance' | 'credit' | 'margin' | 'marginLevel' | 'positions',
  ) => data?.columns[column][0] ?? Number.NaN
  // Money without its currency, which stands in the header.
  const level = (marginLevel: number | null, equity: number, margin: number): string =>
    marginLevelText({
      marginLevel: marginLevel ?? Number.NaN,
      equity,
      margin,
      currency: figures.currency,
    }).replace(`\u00a0${figures.currency}`, '') || BLANK
  const money = (value: number): string => formatMoney(value, figures.currency)
  const gain = (value: number): string => formatGain(value, figures.currency)
  const gains = (name: string, then: number, live: number): Line => ({
    name,
    before: gain(then),
    now: gain(live),
    sign: [then, live],
  })
  const lines = [
    gains('Floating', figures.floating, now('floating')),
    gains('Day P&L', figures.dayPl, now('dayPl')),
    { name: 'Equity', before: money(figures.equity), now: money(now('equity')) },
    { name: 'Balance', before: money(figures.balance), now: money(now('balance')) },
    {
      name: 'Margin level',
      before: level(figures.marginLevel, figures.equity, figures.margin),
      now: level(now('marginLevel'), now('equity'), now('margin')),
    },
    { name: 'Credit', before: money(figures.credit), now: money(now('credit')) },
    { name: 'Positions', before: formatNumber(figures.positions), now: formatNumber(now('positions')) },
  ]
  return { lines, live: status === 'live' || status === 'loading' }
}

const Lines = ({
  alert,
  lines,
  live,
}: {
  readonly alert: Alert
  readonly lines: readonly Line[]
  readonly live: boolean
}) => (
  <table>
    <thead>
      <tr>
        <th scope="col">{alert.figures.currency}</th>
        <th scope="col" className="num" title="At the breach, time of the trade server">
          At {formatServerTime(alert.figures.serverTime)}
        </th>
        <th scope="col" className="num">
          {live ? 'Now' : 'Last known'}
        </th>
      </tr>
    </thead>
    <tbody>
      {lines.map(({ name, before, now, sign }) => (
        <tr key={name}>
          <th scope="row">{name}</th>
          <td className={`num ${sign ? gainClass(sign[0]) : ''}`}>{before}</td>
          <td className={`num ${sign ? gainClass(sign[1]) : ''}`}>{now}</td>
        </tr>
      ))}
    </tbody>
  </table>
)

/** Lines in the first of the two tables. */
const FIRST = 4

/** The account at the breach beside the account now; in two tables side by side where there is room. */
export const AlertFigures = ({ alert }: { readonly alert: Alert }) => {
  const { lines, live } = useLines(alert)
  return (
    <div className="alert-figures">
      <Lines alert={alert} lines={lines.slice(0, FIRST)} live={live} />
      <Lines alert={alert} lines={lines.slice(FIRST)} live={live} />
    </div>
  )
}
