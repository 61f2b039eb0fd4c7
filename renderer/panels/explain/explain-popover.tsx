import { useEffect, useRef } from 'react'
import type { AccountExplanation, AccountFigure, PositionExplanation } from '../../../shared/api/explain.ts'
import { cmdName } from '../../../shared/mt4/enums.ts'
import { useSecond } from '../../data/use-second.ts'
import { formatAge, formatNumber, formatServerTime, gainClass } from '../../ui/format.ts'
import { accountLines } from './account-lines.ts'
import type { Line } from './line.ts'
import { type PositionFigure, positionLines } from './position-lines.ts'
import { useExplanation } from './use-explanation.ts'
import './explain-popover.css'

/** The figure that is asked about. `id`: order of the position, login of the account. */
export type Target =
  | { readonly kind: 'position'; readonly id: number; readonly figure: PositionFigure }
  | { readonly kind: 'account'; readonly id: number; readonly figure: AccountFigure }

export type ExplainSpot = {
  readonly target: Target
  /** Where the figure stands on screen. */
  readonly rect: DOMRect
  /** Opened by key or click: takes the focus and stays until closed. Else it follows the pointer. */
  readonly firm: boolean
}

const GAP = 4

/** Beside the figure, inside the window: below it, or above where there is no room. */
const place = (element: HTMLElement, rect: DOMRect): void => {
  const { width, height } = element.getBoundingClientRect()
  const below = rect.bottom + GAP
  const top = below + height < window.innerHeight ? below : Math.max(GAP, rect.top - GAP - height)
  const left = Math.min(Math.max(GAP, rect.right - width), window.innerWidth - width - GAP)
  element.style.top = `${top}px`
  element.style.left = `${left}px`
}

const Title = ({ of: e }: { readonly of: PositionExplanation | AccountExplanation }) => (
  <p className="explain-title">
    {e.kind === 'position' ? (
      <>
        {cmdName(e.cmd)} {formatNumber(e.lots, 2)} {e.symbol} <span className="muted">order {e.order}</span>
      </>
    ) : (
      <>
        {e.name || 'No name'}{' '}
        <span className="muted">
          {e.login} · {e.group}
        </span>
      </>
    )}
  </p>
)

const linesOf = (e: PositionExplanation | AccountExplanation, target: Target): readonly Line[] => {
  if (e.kind === 'position') return positionLines(e, target.kind === 'position' ? target.figure : 'total')
  return accountLines(e, target.kind === 'account' ? target.figure : 'equity')
}

const Calculation = ({
  of: e,
  target,
}: {
  readonly of: PositionExplanation | AccountExplanation
  readonly target: Target
}) => {
  const now = useSecond()
  /** Server-local ms: the newest quote of the valuation, and what passed since. */
  const serverNow = e.serverTime + Math.max(0, now - e.valuedAt)
  const lines = linesOf(e, target)
  const dated = lines.some(({ quotedAt }) => quotedAt > 0)
  const own = target.figure.replace(/Base$/, '')
  const formulas = e.formulas.filter(
    ({ figure, name }) =>
      figure === own || (own !== target.figure && e.base !== e.currency && /base/.test(name)),
  )
  const settings = e.decisions.filter(({ figures }) => figures.includes(target.figure))
  return (
    <>
      <Title of={e} />
      <table>
        {dated && (
          <thead className="visually-hidden">
            <tr>
              <th scope="col">Step</th>
              <th scope="col">From</th>
              <th scope="col">Result</th>
              <th scope="col">Age of the price</th>
            </tr>
          </thead>
        )}
        <tbody>
          {lines.map((line) => (
            <tr key={line.id} data-kind={line.kind}>
              <th scope="row">{line.label}</th>
              <td className="explain-from">{line.from}</td>
              <td className={`num ${line.sign === 0 ? '' : gainClass(line.sign)}`}>{line.result}</td>
              {dated && (
                <td
                  className="explain-age"
                  title={line.quotedAt > 0 ? `${formatServerTime(line.quotedAt)} server` : undefined}
                >
                  {line.quotedAt > 0 && `${formatAge(serverNow - line.quotedAt)} old`}
                </td>
              )}
            </tr>
          ))}
        </tbody>
      </table>
      {e.blanks.map((reason) => (
        <p key={reason} className="explain-note explain-blank">
          ▲ Blank: {reason}.
        </p>
      ))}
      {formulas.map(({ figure, name, text }) => (
        <p key={figure} className="explain-note muted">
          {name}: {text}
        </p>
      ))}
      <p className="explain-note muted">
        Rounded half away from zero to {e.moneyDigits} decimals.
        {settings.length > 0 &&
          ` Settings: ${settings.map(({ name, value }) => `${name} ${value}`).join(', ')}.`}
      </p>
    </>
  )
}

/** How a figure came about, one step a line; follows the market while it is open. */
export const ExplainPopover = ({
  spot,
  onClose,
}: {
  readonly spot: ExplainSpot
  readonly onClose: () => void
}) => {
  const { target } = spot
  const { explanation, error } = useExplanation(target.kind, target.id)
  const box = useRef<HTMLDivElement>(null)

  useEffect(() => {
    const element = box.current
    if (!element) return
    element.showPopover()
    if (spot.firm) element.focus()
    return () => element.hidePopover()
  }, [spot.firm])

  // After every render: its size follows what is in it.
  useEffect(() => {
    if (box.current) place(box.current, spot.rect)
  })

  const ours = explanation?.kind === target.kind ? explanation : null
  return (
    <div
      ref={box}
      className="explain"
      popover={spot.firm ? 'auto' : 'manual'}
      role="dialog"
      aria-label={`Calculation of ${target.kind === 'position' ? 'order' : 'login'} ${target.id}`}
      tabIndex={-1}
      onToggle={(event) => {
        if (spot.firm && event.newState === 'closed') onClose()
      }}
      onKeyDown={(event) => {
        if (event.key !== 'Escape') return
        event.stopPropagation()
        onClose()
      }}
    >
      {ours && <Calculation of={ours} target={target} />}
      {!ours && !error && <p className="muted">Asking the book…</p>}
      {error && <p role="alert">{error}</p>}
    </div>
  )
}
