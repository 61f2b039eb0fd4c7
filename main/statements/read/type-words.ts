import { Cmd } from '../../../shared/mt4/enums.ts'
import type { StatementTrade } from '../types.ts'
import type { TicketRow } from './trade-row.ts'

/**
 * The words of the Type column. Terminals of every language write the English ones; where a template was translated,
 * the direction of a word is learnt from the trades that carry it: who gained while the price rose was buying.
 */
const known: Readonly<Record<string, number>> = {
  buy: Cmd.BUY,
  sell: Cmd.SELL,
  'buy limit': Cmd.BUY_LIMIT,
  'sell limit': Cmd.SELL_LIMIT,
  'buy stop': Cmd.BUY_STOP,
  'sell stop': Cmd.SELL_STOP,
  balance: Cmd.BALANCE,
  credit: Cmd.CREDIT,
}

/** "Credit" in the terminal's languages; any other word of a money row is a balance operation. */
const creditWord =
  /^(?:credit|crédit|crédito|credito|kredit|kredyt|kredi|krediet|úvěr|кредит|πίστωση|信用|信贷|贷记|クレジット|신용|สินเชื่อ|tín dụng|ائتمان|اعتبار)/iu

/** Answers the direction of every unknown word of market trades that the trades themselves give away. */
const learn = (rows: readonly TicketRow[]): Map<string, number> => {
  const votes = new Map<string, number>()
  for (const r of rows) {
    if ((r.shape !== 'closed' && r.shape !== 'open') || Object.hasOwn(known, r.word)) continue
    votes.set(r.word, (votes.get(r.word) ?? 0) + Math.sign((r.closePrice - r.openPrice) * r.profit))
  }
  const learnt = new Map<string, number>()
  for (const [word, vote] of votes) if (vote !== 0) learnt.set(word, vote > 0 ? Cmd.BUY : Cmd.SELL)
  return learnt
}

/** A pending order's word holds its direction's; limit or stop by where the price stood. */
const pending = (row: TicketRow, learnt: ReadonlyMap<string, number>): number | null => {
  for (const [word, direction] of learnt) {
    if (!row.word.includes(word)) continue
    const buy = direction === Cmd.BUY
    const stop =
      row.word.includes('stop') || (!row.word.includes('limit') && row.openPrice > row.closePrice === buy)
    return (stop ? Cmd.BUY_STOP : Cmd.BUY_LIMIT) + (buy ? 0 : 1)
  }
  return null
}

const marketShape = (row: TicketRow): boolean => row.shape === 'closed' || row.shape === 'open'

const fits = (row: TicketRow, cmd: number): boolean => {
  if (cmd >= Cmd.BALANCE) return row.shape === 'money'
  return row.shape !== 'money' && cmd <= Cmd.SELL === marketShape(row)
}

/** The command of every row by its word; null for a word that says nothing, or something else than the row's shape. */
export const commandOf = (
  rows: readonly TicketRow[],
): { of: (row: TicketRow) => number | null; learnt: string[] } => {
  const learnt = learn(rows)
  const of = (row: TicketRow): number | null => {
    const cmd = Object.hasOwn(known, row.word) ? (known[row.word] as number) : null
    if (cmd !== null) return fits(row, cmd) ? cmd : null
    if (row.shape === 'money') return creditWord.test(row.word) ? Cmd.CREDIT : Cmd.BALANCE
    return marketShape(row) ? (learnt.get(row.word) ?? null) : pending(row, learnt)
  }
  return { of, learnt: [...learnt].map(([word, cmd]) => `“${word}” is ${cmd === Cmd.BUY ? 'buy' : 'sell'}`) }
}

/** The row as a trade under its command. */
export const asTrade = (row: TicketRow, cmd: number): StatementTrade => ({
  row: row.row,
  order: row.order,
  cmd,
  openTime: row.openTime,
  lots: row.lots,
  symbol: row.symbol,
  openPrice: row.openPrice,
  sl: row.sl,
  tp: row.tp,
  closeTime: row.closeTime,
  closePrice: row.closePrice,
  commission: row.commission,
  taxes: row.taxes,
  storage: row.storage,
  profit: row.profit,
  comment: row.comment,
})
