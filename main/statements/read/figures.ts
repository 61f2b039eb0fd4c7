/** How a file writes figures: its decimal sign. A terminal always writes a point; other tools may not. */
export type DecimalSign = '.' | ','

const spaces = /[\s\u00a0\u202f\u2009']/gu
const number = /^[-+]?\d{1,15}(?:\.\d{1,8})?$/u

/** A figure as MT4 prints it ("-1 782.78"); null when it is none. */
export const parseFigure = (text: string, decimal: DecimalSign = '.'): number | null => {
  const bare = text.replaceAll(spaces, '').replace(/^[−–]/u, '-')
  const plain = decimal === ',' ? bare.replaceAll('.', '').replace(',', '.') : grouped(bare)
  return number.test(plain) ? Number(plain) + 0 : null
}

/** "1,234.50" without its group signs; a comma elsewhere is left, and makes it no figure. */
const grouped = (bare: string): string =>
  /^[-+]?\d{1,3}(?:,\d{3})+(?:\.\d+)?$/u.test(bare) ? bare.replaceAll(',', '') : bare

/** Decimals of a figure as printed: 2 of "-1 782.78", 0 of "-276". */
export const decimalsOf = (text: string, decimal: DecimalSign = '.'): number => {
  const at = text.lastIndexOf(decimal)
  return at < 0 ? 0 : Math.min(8, text.slice(at + 1).replaceAll(spaces, '').length)
}

/** The sign of a file's decimals, by the cells that can only be read in one way. */
export const decimalSign = (texts: Iterable<string>): DecimalSign => {
  let points = 0
  let commas = 0
  for (const text of texts) {
    if (/^-?[\d\s\u00a0]+\.\d+$/u.test(text)) points++
    else if (/^-?[\d\s\u00a0]+,(?:\d{1,2}|\d{4,8})$/u.test(text)) commas++
    if (points + commas >= 200) break
  }
  return commas > points ? ',' : '.'
}

/**
 * "2023.07.27 17:43:12" (seconds optional; year or day first) → server-local seconds; 0 when it is no time.
 */
export const parseServerTime = (text: string): number => {
  const m = /^(\d{4}|\d{2})[./-](\d{2})[./-](\d{4}|\d{2}),? (\d{2}):(\d{2})(?::(\d{2}))?$/u.exec(text)
  if (m === null) return 0
  const [a, month, b, hour, minute, second] = m.slice(1).map((part) => Number(part ?? 0)) as Six
  const [year, day] = (m[1] as string).length === 4 ? [a, b] : [b, a]
  if (year < 1990 || month < 1 || month > 12 || day < 1 || day > 31 || hour > 23 || minute > 59) return 0
  return Date.UTC(year, month - 1, day, hour, minute, second || 0) / 1000
}

type Six = [number, number, number, number, number, number]
