import { type KeyboardEvent, useEffect, useRef } from 'react'
import type { ClientCard } from '../../../shared/api/models.ts'
import { formatAmount, formatMoney, formatPercent } from '../../ui/format.ts'
import { useIntoView } from '../../ui/use-into-view.ts'
import { afterMoney, type MoneyFigures, type MoneyKind, moneyKinds, moneyWarning } from './money-form.ts'

export type MoneyFailure = { readonly certain: boolean; readonly reason: string }

type ConfirmProps = {
  readonly kind: MoneyKind
  readonly amount: number
  readonly comment: string
  readonly card: ClientCard
  readonly now: MoneyFigures
  readonly busy: boolean
  readonly failure: MoneyFailure | null
  readonly onKeyDown: (event: KeyboardEvent) => void
  readonly onBook: () => void
  readonly onBack: () => void
}

const rows = [
  ['balance', 'Balance'],
  ['credit', 'Credit'],
  ['equity', 'Equity'],
  ['freeMargin', 'Free margin'],
] as const

const level = ({ equity, margin }: MoneyFigures): string =>
  margin > 0 ? formatPercent(equity / margin, 0) : '–'

/** The one question before money moves: what will be true afterwards. */
export const MoneyConfirm = (props: ConfirmProps) => {
  const { kind, amount, comment, card, now, busy, failure, onKeyDown, onBook, onBack } = props
  const { currency } = card
  const after = afterMoney(now, kind, amount)
  const warning = moneyWarning(now, kind, amount)
  const words = `${moneyKinds[kind]} of ${formatAmount(amount, currency)}`
  const back = useRef<HTMLButtonElement>(null)
  const whole = useIntoView<HTMLDivElement>()
  useEffect(() => back.current?.focus({ preventScroll: true }), [])
  return (
    // The question takes Esc for the buttons that stand in it.
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions
    <div ref={whole} className="money-confirm" role="alertdialog" aria-label={words} onKeyDown={onKeyDown}>
      <p>
        <strong>{words}</strong> {kind === 'deposit' || kind === 'credit_in' ? 'to' : 'from'} {card.login},{' '}
        {card.name}
        {comment && <span className="muted"> · “{comment}”</span>}
      </p>
      <table className="compact">
        <thead>
          <tr>
            <th scope="col">{currency}</th>
            <th scope="col" className="num">
              Now
            </th>
            <th scope="col" className="num">
              Afterwards
            </th>
          </tr>
        </thead>
        <tbody>
          {rows.map(([figure, name]) => (
            <tr key={figure}>
              <td>{name}</td>
              <td className="num">{formatMoney(now[figure], currency)}</td>
              <td className="num">
                {after[figure] === now[figure] ? (
                  <span className="muted">{formatMoney(after[figure], currency)}</span>
                ) : (
                  <strong>{formatMoney(after[figure], currency)}</strong>
                )}
              </td>
            </tr>
          ))}
          <tr>
            <td>Margin level</td>
            <td className="num">{level(now)}</td>
            <td className="num">{level(after)}</td>
          </tr>
        </tbody>
      </table>
      {warning && (
        <p className="money-warning">
          <span aria-hidden="true">▲ </span>
          {warning}
        </p>
      )}
      {failure && (
        <p className="money-wrong" role="alert">
          {failure.certain
            ? `Nothing was booked. ${failure.reason}`
            : `The desk’s answer was lost, so it is not certain that it was taken. Booking it again from here is safe: it is the same request. ${failure.reason}`}
        </p>
      )}
      <div className="money-end">
        <button type="button" className="button button-primary" disabled={busy} onClick={onBook}>
          {busy ? 'Booking…' : `Book ${words.toLowerCase().replace(currency.toLowerCase(), currency)}`}
        </button>
        <button ref={back} type="button" className="button" onClick={onBack}>
          Back
        </button>
      </div>
    </div>
  )
}
