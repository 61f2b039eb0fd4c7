import type { TextPool } from '../store/text-pool.ts'
import type { World } from '../world/world.ts'
import { textRanks } from './rank.ts'
import { keysOf, type ViewColumn } from './source.ts'

/** A column of pooled texts: only the distinct codes are put in order. */
export const pooledColumn = (pool: TextPool, code: (id: number) => number): ViewColumn => ({
  kind: 'text',
  at: (id) => pool.text(code(id)),
  ranks: (ids, n) => {
    const codes = keysOf(ids, n, code)
    const distinct = [...new Set(codes)]
    const places = textRanks(distinct.map((c) => pool.text(c)))
    const byCode = new Map(distinct.map((c, i) => [c, places[i] as number]))
    return codes.map((c) => byCode.get(c) as number)
  },
})

/** A column of texts without a pool, for few rows. */
export const plainColumn = (at: (id: number) => string): ViewColumn => ({
  kind: 'text',
  at,
  ranks: (ids, n) => textRanks(Array.from(ids.subarray(0, n), at)),
})

/** A column of texts from a short list; −1 is the empty text. */
export const listedColumn = (texts: () => readonly string[], place: (id: number) => number): ViewColumn => ({
  kind: 'text',
  at: (id) => texts()[place(id)] ?? '',
  ranks: (ids, n) => {
    const ranks = textRanks([...texts(), ''])
    const empty = ranks.at(-1) as number
    return keysOf(ids, n, (id) => ranks[place(id)] ?? empty)
  },
})

/** Answers how to look up the place of an account's name among all. */
export type NameRanks = () => (account: number) => number

/** Places of all account names, by slot (−1 is the empty name); worked out anew only when a name changed. */
export const createNameRanks = (world: World): NameRanks => {
  let ranks = new Float64Array(0)
  let empty = 0
  let version = ''
  return () => {
    const now = `${world.textChanges}|${world.users.membership()}`
    if (now !== version) {
      version = now
      ranks = Float64Array.from(textRanks([...world.users.columns.name.slice(0, world.users.high()), '']))
      empty = ranks.at(-1) as number
    }
    return (account) => (account < 0 ? empty : (ranks[account] as number))
  }
}

/** The name of an account; empty for trades whose account is not there. */
export const nameColumn = (
  world: World,
  nameRanks: NameRanks,
  account: (id: number) => number,
): ViewColumn => ({
  kind: 'text',
  at: (id) => (account(id) < 0 ? '' : (world.users.columns.name[account(id)] as string)),
  ranks: (ids, n) => {
    const rank = nameRanks()
    return keysOf(ids, n, (id) => rank(account(id)))
  },
})
