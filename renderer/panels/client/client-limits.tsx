import { useState } from 'react'
import type { AccountLimits, PriceLimit, SymbolLimits } from '../../../shared/api/limits.ts'
import { useDesk } from '../../data/desk-context.ts'
import { useSelect } from '../../data/selection-store.ts'
import { useAsked } from '../../data/use-asked.ts'
import { useSecond } from '../../data/use-second.ts'
import { BLANK, formatAmount, formatNumber, formatPercent, formatPrice } from '../../ui/format.ts'

/** How often the limits follow the market, s. */
const RENEW_S = 3
/** Per cent, or money where the group's levels are money. */
const FIRST_TARGET = 200

const Limit = ({ limit, digits }: { readonly limit: PriceLimit; readonly digits: number }) => (
  <>
    <span aria-hidden="true">{limit.points < 0 ? '↓' : '↑'}</span> {formatPrice(limit.bid, digits)}{' '}
    <span
      className="muted"
      title={`${formatNumber(limit.points, 0, true)} points from now; bid, ask is ${formatPrice(limit.ask, digits)}`}
    >
      {formatPercent(limit.percent / 100, 2, true)}
    </span>
  </>
)

const Ways = ({ of, digits }: { readonly of: SymbolLimits['call']; readonly digits: number }) => {
  if (of === null) return <span className="muted">met already</span>
  const limits = [of.down, of.up].filter((limit) => limit !== null)
  if (limits.length === 0) return <span className="muted">{BLANK}</span>
  return limits.map((limit) => (
    <div key={limit.points}>
      <Limit limit={limit} digits={digits} />
    </div>
  ))
}

const Deposit = ({ limits }: { readonly limits: AccountLimits }) => {
  const { amount } = limits.deposit
  if (amount === null) return <span className="muted">There is no margin, so there is no level.</span>
  if (amount === 0) return <span>The level is there already.</span>
  return (
    <span>
      needs a deposit of <strong>{formatAmount(amount, limits.currency)}</strong>
    </span>
  )
}

const Target = ({
  inMoney,
  currency,
  value,
  onChange,
}: {
  readonly inMoney: boolean
  readonly currency: string
  readonly value: number
  readonly onChange: (value: number) => void
}) => {
  const [typed, setTyped] = useState<string | null>(null)
  return (
    <label>
      A level of{' '}
      <input
        className="field num client-target"
        inputMode="decimal"
        value={typed ?? String(value)}
        onChange={({ target }) => {
          setTyped(target.value)
          const number = Number(target.value.replace(',', '.'))
          if (number > 0 && number <= 1e9) onChange(number)
        }}
        onBlur={() => setTyped(null)}
      />{' '}
      {inMoney ? currency : '%'}
    </label>
  )
}

/** At which prices the account meets its margin call and stop-out, and what a level costs to restore. */
export const ClientLimits = ({ login }: { readonly login: number }) => {
  const { api } = useDesk().client
  const select = useSelect()
  const now = useSecond()
  const [target, setTarget] = useState(FIRST_TARGET)
  const { value: limits, error } = useAsked(`${login} ${target} ${Math.floor(now / 1000 / RENEW_S)}`, () =>
    api.accounts.limits({ login, target }),
  )
  if (error !== null && limits === null) return <p className="muted">{error}</p>
  if (limits === null || limits.login !== login) return <p className="muted">The limits are on their way…</p>
  if (limits.symbols.length === 0) return <p className="muted">No open position, so no limit to meet.</p>
  const level = (value: number): string =>
    limits.levelsInMoney ? formatAmount(value, limits.currency) : formatPercent(value / 100, 0)
  return (
    <>
      <table className="compact">
        <thead>
          <tr>
            <th scope="col">Symbol</th>
            <th scope="col" className="num">
              Lots
            </th>
            <th scope="col" className="num">
              Bid now
            </th>
            <th scope="col" className="num">
              Margin call, {level(limits.marginCall)}
            </th>
            <th scope="col" className="num">
              Stop-out, {level(limits.marginStopout)}
            </th>
          </tr>
        </thead>
        <tbody>
          {limits.symbols.map((row) => (
            <tr key={row.symbol}>
              <td>
                <button type="button" className="cell-link" onClick={() => select({ symbol: row.symbol })}>
                  {row.symbol}
                </button>
              </td>
              <td className="num">{formatNumber(row.buyLots - row.sellLots, 2, true)}</td>
              <td className="num">{formatPrice(row.bid ?? Number.NaN, row.digits)}</td>
              <td className="num">
                <Ways of={row.call} digits={row.digits} />
              </td>
              <td className="num">
                <Ways of={row.stopOut} digits={row.digits} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      <p className="client-deposit">
        <Target
          inMoney={limits.levelsInMoney}
          currency={limits.currency}
          value={target}
          onChange={setTarget}
        />{' '}
        <Deposit limits={limits} />
      </p>
    </>
  )
}
