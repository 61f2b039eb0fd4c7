import { type DetailLine, detailLines, type Printed, type SummaryLine, summaryLines } from '../types.ts'
import { type DecimalSign, parseFigure } from './figures.ts'
import type { Cell } from './rows.ts'

/** A row of labels and figures. */
export type ValueRow = { labels: string[]; values: Printed[] }

const value = /^([-−–+]?[\d\s.,']+%?)(?:\s?\(([-−–+]?[\d\s.,']+%?)\))?$/u

/** "15.76 (4.88%)" → [15.76, 4.88]; null for what is no figure. */
export const printedFigures = (text: string, decimal: DecimalSign): Printed | null => {
  const m = value.exec(text)
  if (m === null) return null
  const figures = [m[1], m[2]]
    .filter((part) => part !== undefined)
    .map((part) => parseFigure(part.replace('%', ''), decimal))
  return figures.every((f) => f !== null) ? figures : null
}

/** Pairs of label and figure in a row; null when the row has none. "Largest" before "profit trade:" is part of the label. */
export const valueRow = (row: readonly Cell[], decimal: DecimalSign): ValueRow | null => {
  const out: ValueRow = { labels: [], values: [] }
  let prefix = ''
  let label = ''
  for (const { text } of row) {
    if (text === '') continue
    const figures = printedFigures(text, decimal)
    if (figures === null) {
      if (label !== '') prefix = label
      label = text
      continue
    }
    if (label === '') return null
    out.labels.push(`${prefix} ${label}`.trim())
    out.values.push(figures)
    label = ''
  }
  return out.values.length === 0 ? null : out
}

/** How many figures each row of the blocks has: their shape, the same in every language. */
const summaryShape = [2, 3, 3]
const detailShape = [3, 2, 3, 3, 2, 2, 2, 2, 2, 2]

const key = (label: string): string =>
  label
    .toLowerCase()
    .replaceAll(/[^\p{L}/]+/gu, ' ')
    .trim()

/** English labels: where they are known they count more than the place. */
const byLabel: ReadonlyMap<string, SummaryLine | DetailLine> = new Map(
  Object.entries({
    deposit: 'Deposit/Withdrawal',
    credit: 'Credit Facility',
    closedPl: 'Closed Trade P/L',
    floatingPl: 'Floating P/L',
    margin: 'Margin',
    balance: 'Balance',
    equity: 'Equity',
    freeMargin: 'Free Margin',
    grossProfit: 'Gross Profit',
    grossLoss: 'Gross Loss',
    netProfit: 'Total Net Profit',
    profitFactor: 'Profit Factor',
    expectedPayoff: 'Expected Payoff',
    absoluteDrawdown: 'Absolute Drawdown',
    maximalDrawdown: 'Maximal Drawdown',
    relativeDrawdown: 'Relative Drawdown',
    totalTrades: 'Total Trades',
    shortPositions: 'Short Positions (won %)',
    longPositions: 'Long Positions (won %)',
    profitTrades: 'Profit Trades (% of total)',
    lossTrades: 'Loss trades (% of total)',
    largestProfit: 'Largest profit trade',
    largestLoss: 'Largest loss trade',
    averageProfit: 'Average profit trade',
    averageLoss: 'Average loss trade',
    maxConsecutiveWins: 'Maximum consecutive wins ($)',
    maxConsecutiveLosses: 'Maximum consecutive losses ($)',
    maxConsecutiveProfit: 'Maximal consecutive profit (count)',
    maxConsecutiveLoss: 'Maximal consecutive loss (count)',
    averageConsecutiveWins: 'Average consecutive wins',
    averageConsecutiveLosses: 'Average consecutive losses',
  }).map(([line, label]) => [key(label), line as SummaryLine | DetailLine]),
)

type Lines = Partial<Record<SummaryLine | DetailLine, Printed>>

/** Where a shape begins in the rows; −1 when it is not there. */
const find = (rows: readonly ValueRow[], shape: readonly number[], from: number): number => {
  for (let at = from; at + shape.length <= rows.length; at++)
    if (shape.every((n, i) => rows[at + i]?.values.length === n)) return at
  return -1
}

const place = (
  rows: readonly ValueRow[],
  shape: readonly number[],
  at: number,
  names: readonly (SummaryLine | DetailLine)[],
  into: Lines,
): void => {
  let next = 0
  for (let i = 0; i < shape.length; i++)
    for (const figures of rows[at + i]?.values ?? []) {
      const name = names[next++]
      if (name !== undefined) into[name] ??= figures
    }
}

/** The lines of both blocks: by their labels where these are known, else by the shape of the blocks. */
export const readBlocks = (
  rows: readonly ValueRow[],
): { summary: Partial<Record<SummaryLine, Printed>>; details: Partial<Record<DetailLine, Printed>> } => {
  const lines: Lines = {}
  let last = -1
  for (const [i, row] of rows.entries())
    for (const [j, figures] of row.values.entries()) {
      const label = row.labels[j] ?? ''
      const name = byLabel.get(key(label)) ?? byLabel.get(key(label.split(/[:：]\s/u).at(-1) ?? ''))
      if (name === undefined) continue
      lines[name] ??= figures
      if (summaryLines.includes(name as SummaryLine)) last = i
    }
  const summaryAt = find(rows, summaryShape, 0)
  if (last < 0 && summaryAt >= 0) place(rows, summaryShape, summaryAt, summaryLines, lines)
  const after = last >= 0 ? last + 1 : summaryAt + summaryShape.length
  const detailsAt = find(rows, detailShape, after)
  if (detailsAt >= 0) place(rows, detailShape, detailsAt, detailLines, lines)
  const pick = <T extends SummaryLine | DetailLine>(names: readonly T[]): Partial<Record<T, Printed>> =>
    Object.fromEntries(names.filter((n) => lines[n] !== undefined).map((n) => [n, lines[n]])) as Partial<
      Record<T, Printed>
    >
  return { summary: pick(summaryLines), details: pick(detailLines) }
}
