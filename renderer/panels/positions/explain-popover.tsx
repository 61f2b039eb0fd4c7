import { useEffect, useRef } from 'react'
import { cmdName } from '../../../shared/mt4/enums.ts'
import { formatNumber, gainClass } from '../../ui/format.ts'
import { explanationLines } from './explanation-lines.ts'
import { useExplanation } from './use-explanation.ts'
import './explain-popover.css'

export type ExplainSpot = {
  readonly order: number
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

/** How a position's figure came about: prices, conversion, legs, swap, commission, total. */
export const ExplainPopover = ({
  spot,
  onClose,
}: {
  readonly spot: ExplainSpot
  readonly onClose: () => void
}) => {
  const { explanation, error } = useExplanation(spot.order)
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

  return (
    <div
      ref={box}
      className="explain"
      popover={spot.firm ? 'auto' : 'manual'}
      role="dialog"
      aria-label={`Calculation of order ${spot.order}`}
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
      {explanation && (
        <>
          <p className="explain-title">
            {cmdName(explanation.cmd)} {formatNumber(explanation.lots, 2)} {explanation.symbol}{' '}
            <span className="muted">order {explanation.order}</span>
          </p>
          <table>
            <tbody>
              {explanationLines(explanation).map((line) => (
                <tr key={line.label} data-kind={line.kind}>
                  <th scope="row">{line.label}</th>
                  <td className="explain-from">{line.from}</td>
                  <td className={`num ${line.sign === 0 ? '' : gainClass(line.sign)}`}>{line.result}</td>
                </tr>
              ))}
            </tbody>
          </table>
          {explanation.formula && <p className="explain-formula muted">{explanation.formula}</p>}
        </>
      )}
      {!explanation && !error && <p className="muted">Asking the book…</p>}
      {error && <p role="alert">{error}</p>}
    </div>
  )
}
