import type { NotComputable, StatementReport } from '../../../shared/api/statements.ts'
import { formatNumber } from '../../ui/format.ts'
import { serverTimeText } from './statement-columns.ts'
import { kindWords, reasonWords, verdictWords } from './statement-words.ts'

const about = (r: StatementReport): string[] =>
  [
    r.company,
    r.account && `account ${r.account}`,
    r.name,
    r.currency && `${r.currency}${r.currencyFrom === 'inferred' ? ' (inferred)' : ''}`,
    r.leverage > 0 ? `1:${r.leverage}` : '',
    r.time > 0 ? `${serverTimeText(r.time).slice(0, 16)} server` : '',
  ].filter((text) => text !== '')

const trades = ({ closed, open }: StatementReport): string => {
  const words = [`${formatNumber(closed.exact)} of ${formatNumber(closed.read)} closed trades to the cent`]
  if (open.read > 0) words.push(`${formatNumber(open.exact)} of ${formatNumber(open.read)} open ones`)
  const differing = closed.differing + open.differing
  if (differing > 0) words.push(`${formatNumber(differing)} differ`)
  const not = closed.notComputable + open.notComputable
  if (not > 0) words.push(`${formatNumber(not)} not computable`)
  return words.join(', ')
}

/** What was assumed, and what could not be recomputed and why: the verdict is worth as much as these. */
const remarks = (r: StatementReport): string[] => [
  ...Object.entries(r.reasons).map(
    ([reason, n]) => `${formatNumber(n)} not computable: ${reasonWords(reason as NotComputable)}.`,
  ),
  ...r.symbols
    .filter((s) => s.source === 'inferred')
    .map(
      (s) =>
        `Contract size of ${s.symbol} inferred: ${formatNumber(s.contractSize)}, from ${s.exact} of ${s.trades} trades.`,
    ),
  ...(r.wholeHistory || r.kind === 'list'
    ? []
    : [
        `The statement begins within the account’s life: ${formatNumber(r.carriedIn, r.digits)} was there before.`,
      ]),
  ...r.notes,
]

/** The verdict, the first difference by name, and what stands behind both. */
export const StatementVerdict = ({ report }: { readonly report: StatementReport }) => {
  const more = remarks(report)
  return (
    <header className="statement-verdict" data-agrees={report.agrees}>
      <p className="statement-head" role="status">
        <strong data-tone={report.agrees ? 'gain' : 'loss'}>
          {report.agrees ? '✓' : '✗'} {verdictWords(report)}
        </strong>
        <span className="statement-file">{report.file}</span>
        <span className="muted">
          {kindWords[report.kind]} · {about(report).join(' · ')}
        </span>
      </p>
      {report.firstDifference && (
        <p className="statement-first">
          <span className="muted">First difference: </span>
          {report.firstDifference.text}
        </p>
      )}
      <p className="muted">{trades(report)}.</p>
      {more.length > 0 && (
        <details className="statement-more">
          <summary>
            {formatNumber(more.length)} {more.length === 1 ? 'remark' : 'remarks'}
          </summary>
          <ul>
            {more.map((text) => (
              <li key={text}>{text}</li>
            ))}
          </ul>
        </details>
      )}
    </header>
  )
}
