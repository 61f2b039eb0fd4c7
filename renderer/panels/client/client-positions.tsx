import { cmdName } from '../../../shared/mt4/enums.ts'
import { useSelect } from '../../data/selection-store.ts'
import { useView } from '../../data/use-view.ts'
import {
  formatGain,
  formatLots,
  formatNumber,
  formatPrice,
  formatServerStamp,
  gainClass,
} from '../../ui/format.ts'
import { ExplainPopover } from '../explain/explain-popover.tsx'
import { useExplainClick } from '../explain/use-explain-click.ts'

/** More open positions than this are a matter for the positions panel. */
const SHOWN = 100

/** The client's open positions, the worst and best first by size of their result. */
export const ClientPositions = ({ login }: { readonly login: number }) => {
  const select = useSelect()
  const explain = useExplainClick()
  const { data, meta } = useView({
    kind: 'positions',
    filter: { login },
    sort: { column: 'total', descending: false },
    from: 0,
    count: SHOWN,
    pace: 2,
    hold: false,
  })
  if (!data || !meta) return <p className="muted">Positions are on their way…</p>
  if (meta.matched === 0) return <p className="muted">No open position.</p>
  const { columns: c } = data
  return (
    <>
      <table className="compact">
        <thead>
          <tr>
            <th scope="col">Symbol</th>
            <th scope="col">Side</th>
            <th scope="col" className="num">
              Lots
            </th>
            <th scope="col" className="num">
              Open price
            </th>
            <th scope="col" className="num">
              Price
            </th>
            <th scope="col" className="num">
              Result {c.currency[0]}
            </th>
          </tr>
        </thead>
        <tbody>
          {Array.from(c.order, (order, i) => {
            const symbol = c.symbol[i] ?? ''
            const digits = c.digits[i] ?? 5
            const total = c.total[i] ?? Number.NaN
            const side = c.cmd[i] ?? 0
            return (
              <tr
                key={order}
                title={`Order ${order}, opened ${formatServerStamp(c.openTime[i] ?? 0)} server`}
              >
                <td>
                  <button type="button" className="cell-link" onClick={() => select({ symbol })}>
                    {symbol}
                  </button>
                </td>
                <td>{cmdName(side)}</td>
                <td className="num">{formatLots(c.lots[i] ?? Number.NaN)}</td>
                <td className="num">{formatPrice(c.openPrice[i] ?? Number.NaN, digits)}</td>
                <td className="num">{formatPrice(c.price[i] ?? Number.NaN, digits)}</td>
                <td className={`num ${gainClass(total)}`}>
                  <button
                    type="button"
                    className="cell-link"
                    title={`How the result of order ${order} came about`}
                    onClick={({ currentTarget }) =>
                      explain.open({ kind: 'position', id: order, figure: 'total' }, currentTarget)
                    }
                  >
                    {formatGain(total, c.currency[i] ?? '')}
                  </button>
                </td>
              </tr>
            )
          })}
        </tbody>
      </table>
      {explain.spot && <ExplainPopover spot={explain.spot} onClose={explain.close} />}
      {meta.matched > SHOWN && (
        <p className="muted">
          The {formatNumber(SHOWN)} worst of {formatNumber(meta.matched)}; the rest is in Positions.
        </p>
      )}
    </>
  )
}
