import type { StatementLine, StatementReport } from '../../../shared/api/statements.ts'
import { formatNumber } from '../../ui/format.ts'
import { stateSigns } from './statement-words.ts'

const blocks = { sums: 'Sums of the sections', summary: 'Summary', details: 'Details' } as const

/** A figure with the decimals it was printed with: counts and percentages have their own. */
const figure = (value: number, digits: number): string =>
  formatNumber(
    value,
    Number.isInteger(value) && digits === 0 ? 0 : Math.max(digits, Number.isInteger(value) ? 0 : 2),
  )

const figures = (values: readonly number[] | null, digits: number): string =>
  values === null ? '' : values.map((v) => figure(v, digits)).join(' · ')

const counts = new Set(['totalTrades', 'averageConsecutiveWins', 'averageConsecutiveLosses'])
const digitsOf = (line: StatementLine, digits: number): number => (counts.has(line.line) ? 0 : digits)

const Line = ({ line, digits }: { readonly line: StatementLine; readonly digits: number }) => {
  const { sign, word, tone } = stateSigns[line.state]
  const shown = digitsOf(line, digits)
  return (
    <tr data-state={line.state}>
      <th scope="row">
        <span className="statement-sign" data-tone={tone}>
          {sign}
          <span className="visually-hidden"> {word}: </span>
        </span>
        {line.name}
        {line.note !== '' && <span className="statement-note muted small">{line.note}</span>}
      </th>
      <td>{figures(line.printed, shown)}</td>
      <td>
        {line.state === 'agrees' ? <span className="muted">same</span> : figures(line.recomputed, shown)}
      </td>
    </tr>
  )
}

/** Every figure of the sums, the summary and the details, printed beside recomputed. */
export const StatementLines = ({ report }: { readonly report: StatementReport }) => (
  // It scrolls by itself: keys must reach it.
  // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex
  <section className="statement-lines" aria-label="Figures of the statement" tabIndex={0}>
    <table>
      <thead>
        <tr>
          <th scope="col">Figure</th>
          <th scope="col">Printed</th>
          <th scope="col">Recomputed</th>
        </tr>
      </thead>
      {(['summary', 'sums', 'details'] as const)
        .filter((block) => report.lines.some((l) => l.block === block))
        .map((block) => (
          <tbody key={block}>
            <tr className="statement-block">
              <th scope="rowgroup" colSpan={3}>
                {blocks[block]}
              </th>
            </tr>
            {report.lines
              .filter((l) => l.block === block)
              .map((line) => (
                <Line key={line.line} line={line} digits={report.digits} />
              ))}
          </tbody>
        ))}
    </table>
  </section>
)
