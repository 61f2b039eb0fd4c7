import { roundTo, scaleOf, toUnits } from '../../../shared/money/rounding.ts'
import { Cmd, isMarketCmd } from '../../../shared/mt4/enums.ts'
import {
  detailLines,
  type Printed,
  type SectionTotals,
  type Statement,
  type StatementTrade,
} from '../types.ts'
import { detailsOf } from './details.ts'
import { type Ledger, sumOf } from './ledger.ts'
import { marginOf } from './margin-line.ts'
import type { SymbolFacts } from './symbol-facts.ts'
import type { LineCheck, SectionLine } from './types.ts'

const equal = (a: Printed, b: Printed): boolean =>
  a.length === b.length && a.every((v, i) => toUnits(v, scaleOf(4)) === toUnits(b[i] as number, scaleOf(4)))

const compare = (
  block: LineCheck['block'],
  line: LineCheck['line'],
  printed: Printed,
  recomputed: Printed,
  note = '',
): LineCheck => {
  const agrees = equal(printed, recomputed)
  return { block, line, printed, recomputed, state: agrees ? 'agrees' : 'differs', note: agrees ? '' : note }
}

const notChecked = (
  block: LineCheck['block'],
  line: LineCheck['line'],
  printed: Printed,
  note: string,
): LineCheck => ({
  block,
  line,
  printed,
  recomputed: null,
  state: 'notChecked',
  note,
})

/** The sums under a section against its own rows. */
const sectionLines = (
  name: 'closed' | 'open',
  trades: readonly StatementTrade[],
  totals: SectionTotals | null,
  total: number | null,
  digits: number,
): LineCheck[] => {
  const rows = trades.filter((t) => isMarketCmd(t.cmd))
  const out: LineCheck[] = []
  const columns = [
    ['Commission', 'commission'],
    ['Taxes', 'taxes'],
    ['Swap', 'storage'],
    ['Profit', 'profit'],
  ] as const
  if (totals !== null)
    for (const [label, column] of columns)
      out.push(
        compare(
          'sums',
          `${name}${label}` as SectionLine,
          [totals[column]],
          [sumOf(rows, digits, (t) => t[column])],
        ),
      )
  if (total !== null) out.push(compare('sums', `${name}Total` as SectionLine, [total], [sumOf(rows, digits)]))
  return out
}

/** The summary block. Each line follows from the rows or from the lines above it as printed, so that one wrong figure is one difference. */
const summaryBlock = (
  s: Statement,
  ledger: Ledger,
  deposit: string,
  symbols: readonly SymbolFacts[],
): LineCheck[] => {
  const { summary: p, digits } = s
  const out: LineCheck[] = []
  const ops = (cmd: number): number =>
    sumOf(
      s.closed.filter((t) => t.cmd === cmd),
      digits,
    )
  const round = (value: number): Printed => [roundTo(value, digits)]
  if (p.deposit) out.push(compare('summary', 'deposit', p.deposit, [ops(Cmd.BALANCE)]))
  if (p.credit) {
    const credit = ops(Cmd.CREDIT)
    out.push(
      ledger.wholeHistory || equal(p.credit, [credit])
        ? compare('summary', 'credit', p.credit, [credit])
        : notChecked(
            'summary',
            'credit',
            p.credit,
            'Credit given before the first row is not in the statement.',
          ),
    )
  }
  const closed = sumOf(
    s.closed.filter((t) => isMarketCmd(t.cmd)),
    digits,
  )
  const floating = sumOf(s.open, digits)
  if (p.closedPl) out.push(compare('summary', 'closedPl', p.closedPl, [closed]))
  if (p.floatingPl) out.push(compare('summary', 'floatingPl', p.floatingPl, [floating]))
  if (p.margin) {
    const { margin, note } = marginOf(s, deposit, symbols)
    out.push(
      margin === null
        ? notChecked('summary', 'margin', p.margin, note)
        : compare('summary', 'margin', p.margin, [margin], note),
    )
  }
  if (p.balance)
    out.push(
      ledger.wholeHistory
        ? compare('summary', 'balance', p.balance, [ledger.end])
        : notChecked(
            'summary',
            'balance',
            p.balance,
            'The statement does not begin with the first deposit: the balance before it is taken from its end.',
          ),
    )
  if (p.equity && p.balance)
    out.push(
      compare(
        'summary',
        'equity',
        p.equity,
        round(p.balance[0]! + (p.floatingPl?.[0] ?? 0) + (p.credit?.[0] ?? 0)),
      ),
    )
  if (p.freeMargin && p.equity)
    out.push(
      compare(
        'summary',
        'freeMargin',
        p.freeMargin,
        round(p.equity[0]! - (p.margin?.[0] ?? 0)),
        'A group may count floating results only in part, and prices may move while a report is written.',
      ),
    )
  return out
}

/** Every figure of sums, summary and details, in the order of the report. */
export const checkLines = (
  s: Statement,
  ledger: Ledger,
  deposit: string,
  symbols: readonly SymbolFacts[],
): LineCheck[] => {
  const lines = [
    ...sectionLines('closed', s.closed, s.totals.closed, s.sections.closed, s.digits),
    ...sectionLines('open', s.open, s.totals.open, s.sections.open, s.digits),
    ...summaryBlock(s, ledger, deposit, symbols),
  ]
  if (s.kind !== 'detailed') return lines
  const details = detailsOf(s, ledger)
  for (const line of detailLines) {
    const printed = s.details[line]
    if (printed !== undefined) lines.push(compare('details', line, printed, details[line]))
  }
  return lines
}
