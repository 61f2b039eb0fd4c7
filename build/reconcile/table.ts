import type { StatementReport } from '../../shared/api/statements.ts'

const padded = (rows: readonly (readonly string[])[]): string[] => {
  const widths = rows[0]?.map((_, i) => Math.max(...rows.map((r) => (r[i] ?? '').length))) ?? []
  return rows.map((r) =>
    r
      .map((cell, i) =>
        i === 0 || i === r.length - 1 ? cell.padEnd(widths[i] ?? 0) : cell.padStart(widths[i] ?? 0),
      )
      .join('  ')
      .trimEnd(),
  )
}

const signs = { agrees: '✓', differs: '✗', notChecked: '–' } as const
const figures = (values: readonly number[] | null): string => (values === null ? '' : values.join(' / '))

const countRow = (name: string, c: StatementReport['closed']): string[] => [
  name,
  String(c.read),
  String(c.exact),
  String(c.notComputable),
  String(c.differing),
]

/** A statement's reconciliation as a person reads it in a terminal. */
export const reportTable = (r: StatementReport): string => {
  const who = [r.account, r.company, r.currency || 'currency unknown'].filter((t) => t !== '').join(', ')
  const lines = [
    `${r.file}: ${r.agrees ? 'agrees' : `${r.differences} difference${r.differences === 1 ? '' : 's'}`}`,
    `  ${r.kind} (${r.format}, ${r.encoding}), ${who}${r.currencyFrom === 'inferred' ? ' (inferred)' : ''}`,
  ]
  if (r.firstDifference !== null) lines.push(`  First difference: ${r.firstDifference.text}`)
  const trades = padded([
    ['Trades', 'read', 'exact', 'not computable', 'differing'],
    countRow('closed', r.closed),
    countRow('open', r.open),
  ])
  const reasons = Object.entries(r.reasons).map(([why, n]) => `${why} ${n}`)
  lines.push(...trades.map((t) => `  ${t}`))
  if (reasons.length > 0) lines.push(`  Not computable: ${reasons.join(', ')}`)
  const other = `${r.operations} money operations, ${r.cancelled} cancelled, ${r.working} working, ${r.unread.length} unread rows`
  lines.push(`  ${other}`)
  const assumed = r.symbols.filter((s) => s.source === 'inferred')
  if (assumed.length > 0)
    lines.push(
      `  Contract size inferred: ${assumed.map((s) => `${s.symbol} ${s.contractSize} (${s.exact} of ${s.trades})`).join(', ')}`,
    )
  if (!r.wholeHistory) lines.push(`  Balance carried in: ${r.carriedIn}`)
  if (r.lines.length > 0)
    lines.push(
      ...padded([
        ['Line', 'printed', 'recomputed', 'difference', ''],
        ...r.lines.map((l) => [
          l.name,
          figures(l.printed),
          figures(l.recomputed),
          l.state === 'differs' ? String(l.difference) : '',
          `${signs[l.state]} ${l.note}`.trim(),
        ]),
      ]).map((t) => `  ${t}`),
    )
  return lines.join('\n')
}
