import { Cmd, isMarketCmd } from '../../shared/mt4/enums.ts'
import { type Cell, tableRows } from './html-rows.ts'
import { ReplayError } from './replay-error.ts'

/** One trade, order or money operation of a statement. Times are server-local seconds; lots as printed (1.00 = 1 lot). */
export type StatementTrade = {
  order: number
  cmd: number
  openTime: number
  lots: number
  symbol: string
  openPrice: number
  sl: number
  tp: number
  /** 0 for open trades and working orders. */
  closeTime: number
  /** Market price at the statement's moment for open trades; 0 where the statement has none. */
  closePrice: number
  commission: number
  taxes: number
  storage: number
  profit: number
  comment: string
}

export type Statement = {
  account: string
  name: string
  currency: string
  /** N of 1:N; 0 when the statement does not say. */
  leverage: number
  /** Server-local seconds at which it was made. */
  time: number
  closed: StatementTrade[]
  open: StatementTrade[]
  working: StatementTrade[]
  /** Figures of the summary by their printed label, without the colon. */
  summary: Readonly<Record<string, number>>
}

const cmdByWord: Readonly<Record<string, number>> = {
  buy: Cmd.BUY,
  sell: Cmd.SELL,
  'buy limit': Cmd.BUY_LIMIT,
  'sell limit': Cmd.SELL_LIMIT,
  'buy stop': Cmd.BUY_STOP,
  'sell stop': Cmd.SELL_STOP,
  balance: Cmd.BALANCE,
  credit: Cmd.CREDIT,
}

/** A figure as MT4 prints it ("-1 782.78"); null when it is none. */
export const parseFigure = (text: string): number | null => {
  const plain = text.replaceAll(/[\s\u00a0]/gu, '')
  return /^-?\d+(?:\.\d+)?$/u.test(plain) ? Number(plain) : null
}

/** "2023.07.27 17:43:12" (seconds optional) → server-local seconds; 0 when it is no time. */
export const parseServerTime = (text: string): number => {
  const m = /^(\d{4})\.(\d\d)\.(\d\d) (\d\d):(\d\d)(?::(\d\d))?$/u.exec(text.trim())
  if (m === null) return 0
  const [y, mo, d, h, mi, s] = m.slice(1).map((part) => Number(part ?? 0)) as [
    number,
    number,
    number,
    number,
    number,
    number,
  ]
  return Date.UTC(y, mo - 1, d, h, mi, s || 0) / 1000
}

const figure = (cell: Cell | undefined): number => parseFigure(cell?.text ?? '') ?? 0

const isTicket = (row: readonly Cell[]): boolean => /^\d{3,}$/u.test(row[0]?.text ?? '')

const moneyRow = (row: readonly Cell[], cmd: number): StatementTrade => {
  const time = parseServerTime(row[1]?.text ?? '')
  return {
    order: Number(row[0]?.text),
    cmd,
    openTime: time,
    lots: 0,
    symbol: '',
    openPrice: 0,
    sl: 0,
    tp: 0,
    closeTime: time,
    closePrice: 0,
    commission: 0,
    taxes: 0,
    storage: 0,
    profit: figure(row.at(-1)),
    comment: row[0]?.title || (row[3]?.text ?? ''),
  }
}

/** Columns are found by the header's words: older statements have no Taxes column. */
const tradeRow = (row: readonly Cell[], header: readonly string[], cmd: number): StatementTrade => {
  const at = (word: string, nth = 0): number => {
    let seen = -1
    return header.findIndex((name) => name === word && ++seen === nth)
  }
  const cell = (index: number): Cell | undefined => (index < 0 ? undefined : row[index])
  const cancelled = row.length < header.length
  return {
    order: Number(row[0]?.text),
    cmd,
    openTime: parseServerTime(row[1]?.text ?? ''),
    lots: figure(cell(at('Size'))),
    symbol: cell(at('Item'))?.text ?? '',
    openPrice: figure(cell(at('Price'))),
    sl: figure(cell(at('S / L'))),
    tp: figure(cell(at('T / P'))),
    closeTime: parseServerTime(cell(at('Close Time'))?.text ?? ''),
    closePrice: figure(cell(at('Price', 1))),
    commission: cancelled ? 0 : figure(cell(at('Commission'))),
    taxes: cancelled ? 0 : figure(cell(at('Taxes'))),
    storage: cancelled ? 0 : figure(cell(at('Swap'))),
    profit: cancelled ? 0 : figure(cell(at('Profit'))),
    comment: row[0]?.title ?? '',
  }
}

const months = [
  'January',
  'February',
  'March',
  'April',
  'May',
  'June',
  'July',
  'August',
  'September',
  'October',
  'November',
  'December',
]

const headTime = (text: string): number => {
  const m = /(\d{4}) (\w+) (\d+), (\d+):(\d+)/u.exec(text)
  if (m === null) return 0
  const month = months.indexOf(m[2] ?? '')
  return month < 0 ? 0 : Date.UTC(Number(m[1]), month, Number(m[3]), Number(m[4]), Number(m[5])) / 1000
}

/**
 * Whether the printed closed result is the sum of the rows above it (to half a cent a statement). It holds in every
 * statement a server wrote; one that was edited by hand gives itself away here.
 */
export const sumsHold = (s: Statement): boolean => {
  const printed = s.summary['Closed P/L']
  const sum = s.closed
    .filter((t) => isMarketCmd(t.cmd))
    .reduce((total, t) => total + t.profit + t.storage + t.commission + t.taxes, 0)
  return printed === undefined || Math.abs(sum - printed) < 0.005
}

/**
 * Reads a Statement or Detailed Statement as MT4 writes it (HTML).
 * @throws ReplayError NOT_A_STATEMENT
 */
export const parseStatement = (html: string): Statement => {
  const rows = tableRows(html)
  const statement: Statement = {
    account: '',
    name: '',
    currency: '',
    leverage: 0,
    time: 0,
    closed: [],
    open: [],
    working: [],
    summary: {},
  }
  const summary: Record<string, number> = {}
  let section = 'head'
  let header: string[] = []
  for (const row of rows) {
    const first = row[0]?.text ?? ''
    if (section === 'head' && first.startsWith('Account:')) {
      const word = (start: string): string =>
        row
          .find((c) => c.text.startsWith(start))
          ?.text.slice(start.length)
          .trim() ?? ''
      statement.account = word('Account:')
      statement.name = word('Name:')
      statement.currency = word('Currency:')
      statement.leverage = Number(/^1:(\d+)$/u.exec(word('Leverage:'))?.[1] ?? 0)
      statement.time = headTime(row.at(-1)?.text ?? '')
    } else if (row.length === 1 && first.endsWith(':')) section = first.slice(0, -1)
    else if (first === 'Ticket') header = row.map((c) => c.text)
    else if (isTicket(row)) {
      const cmd = cmdByWord[(row[2]?.text ?? '').toLowerCase()]
      if (cmd === undefined) continue
      const trade = cmd >= Cmd.BALANCE ? moneyRow(row, cmd) : tradeRow(row, header, cmd)
      if (section === 'Closed Transactions') statement.closed.push(trade)
      else if (section === 'Open Trades') statement.open.push(trade)
      else if (section === 'Working Orders') statement.working.push({ ...trade, closeTime: 0 })
    } else if (section !== 'head')
      for (let i = 0; i + 1 < row.length; i++) {
        const label = /^(.+):$/u.exec(row[i]?.text ?? '')?.[1]
        const value = parseFigure(row[i + 1]?.text ?? '')
        if (label !== undefined && value !== null && !(label in summary)) summary[label] = value
      }
  }
  if (statement.currency === '') throw new ReplayError('NOT_A_STATEMENT', 'no account line was found')
  return { ...statement, summary }
}
