import { MarginType } from '../../../../shared/mt4/enums.ts'
import { type Deciding, decisions } from '../decisions.ts'

/** The marks that the platform itself writes into comments (reference §1.2.4). */

/** Longest comment a record can hold. */
export const COMMENT_MAX = 31

/** The platform's mark behind what the client wrote; the mark is never cut. */
export const markComment = (comment: string, mark: string): string =>
  `${comment.slice(0, Math.max(0, COMMENT_MAX - mark.length))}${mark}`

/** On what closed when a part stays open. */
export const toMark = (ticket: number): string => `to #${ticket}`
/** On what stays open. */
export const fromMark = (ticket: number): string => `from #${ticket}`
/** On the second leg of a close-by. */
export const hedgeMark = (ticket: number): string => `close hedge by #${ticket}`
/** On what a stop loss or take profit closed; `gap` where the price had jumped over the level. */
export const levelMark = (kind: 'sl' | 'tp', gap = false): string => (gap ? `[${kind}/gap]` : `[${kind}]`)
/** On a pending that could not be filled for want of funds (as real statements have it). */
export const NO_MONEY_MARK = 'deleted [no money]'

/**
 * The note of a stop-out: level, equity, margin, with fewer figures where they would not fit. A manager's automation
 * writes `[so/a: 42.5% 425.0/1000.0]` (Administrator help), the server itself `so: 42.5%/425.0/1000.0` (real
 * statements). A level in money has no per cent sign (decision U14); without margin the level reads 0.
 */
export const stopOutMark = (
  figures: { readonly level: number; readonly equity: number; readonly margin: number },
  marginType: number,
  by: 'server' | 'manager',
  d: Deciding<'moneyStopOutMark'> = decisions,
): string => {
  const { equity, margin } = figures
  const level = Number.isFinite(figures.level) ? figures.level : 0
  const unit = marginType === MarginType.CURRENCY && d.moneyStopOutMark === 'plain' ? '' : '%'
  const text = (levelDecimals: number, decimals: number): string => {
    const [l, e, m] = [level.toFixed(levelDecimals), equity.toFixed(decimals), margin.toFixed(decimals)]
    return by === 'manager' ? `[so/a: ${l}${unit} ${e}/${m}]` : `so: ${l}${unit}/${e}/${m}`
  }
  const fitting = [text(1, 1), text(1, 0), text(0, 0)].find((mark) => mark.length <= COMMENT_MAX)
  const least = `${level.toFixed(0)}${unit}`
  return fitting ?? (by === 'manager' ? `[so/a: ${least}]` : `so: ${least}`)
}
