import type { Cell } from './rows.ts'

export type Head = { account: string; name: string; currency: string; leverage: number; time: number }

export const noHead: Head = { account: '', name: '', currency: '', leverage: 0, time: 0 }

/** Languages of the terminal: their names of months stand in the head of a translated report. */
const languages =
  'en ru uk de fr es pt it nl pl cs sk hu ro bg sr hr sl el tr ar fa he hi id ms vi th zh ja ko sv da fi nb et lv lt tg uz kk az mn'

const months: ReadonlyMap<string, number> = new Map(
  languages.split(' ').flatMap((language) =>
    ['long', 'short'].flatMap((form) =>
      Array.from({ length: 12 }, (_, month): [string, number] => {
        const parts = new Intl.DateTimeFormat(`${language}-u-ca-gregory-nu-latn`, {
          month: form as 'long' | 'short',
          day: 'numeric',
          timeZone: 'UTC',
        }).formatToParts(Date.UTC(2020, month, 15))
        return [plain(parts.find((p) => p.type === 'month')?.value ?? ''), month]
      }),
    ),
  ),
)

function plain(month: string): string {
  return month.toLowerCase().replaceAll(/[.\s]/gu, '')
}

/** "2018 May 23, 12:19", the month's name in any of the languages or a number → server-local seconds; 0 if unreadable. */
export const headTime = (text: string): number => {
  const m = /(\d{4})\D?\s*(\p{L}[\p{L}\p{M}.]*|\d{1,2})\D{0,3}?(\d{1,2})\D{1,3}?(\d{1,2}):(\d{2})/u.exec(text)
  if (m === null) return 0
  const name = m[2] as string
  const month = /^\d/u.test(name) ? Number(name) - 1 : (months.get(plain(name)) ?? -1)
  if (month < 0 || month > 11) return 0
  return Date.UTC(Number(m[1]), month, Number(m[3]), Number(m[4]), Number(m[5])) / 1000
}

const behindColon = (text: string): string | undefined => /[:：]\s*(.*)$/u.exec(text)?.[1]?.trim()

/**
 * The line with account, name, currency, leverage and time, told apart by what stands behind each colon: a number, a
 * currency code, `1:N`, a date. The name is the cell behind the account's.
 */
export const readHead = (row: readonly Cell[]): Head | null => {
  const texts = row.map((c) => c.text)
  const at = (what: RegExp): number => texts.findIndex((t) => what.test(t))
  const currency = at(/[:：]\s*[A-Z]{3,4}$/u)
  if (currency < 0) return null
  const leverage = /1:(\d{1,5})(?!\d)/u.exec(texts.find((t) => /\D1:\d/u.test(t)) ?? '')?.[1]
  const account = texts.slice(0, currency).findIndex((t) => /[:：]\s*\d*$/u.test(t))
  const name = account < 0 ? '' : behindColon(texts[account + 1] ?? '')
  return {
    account: behindColon(texts[account] ?? '') ?? '',
    name: account + 1 === currency ? '' : (name ?? ''),
    currency: behindColon(texts[currency] ?? '') ?? '',
    leverage: Number(leverage ?? 0),
    time: headTime(texts.findLast((t) => headTime(t) > 0) ?? ''),
  }
}
