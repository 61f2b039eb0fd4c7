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

/** A column of texts from a short list; −1 is the empty text and comes first. */
export const listedColumn = (texts: () => readonly string[], place: (id: number) => number): ViewColumn => ({
  kind: 'text',
  at: (id) => texts()[place(id)] ?? '',
  ranks: (ids, n) => {
    const ranks = textRanks(texts())
    return keysOf(ids, n, (id) => ranks[place(id)] ?? -1)
  },
})

/** Places of all account names, by slot; worked out anew only when a name changed. */
export const createNameRanks = (world: World): ((account: number) => number) => {
  let ranks = new Float64Array(0)
  let version = ''
  return (account) => {
    const now = `${world.textChanges}|${world.users.membership()}`
    if (now !== version) {
      version = now
      ranks = textRanks(world.users.columns.name.slice(0, world.users.high())) as Float64Array<ArrayBuffer>
    }
    return account < 0 ? -1 : (ranks[account] as number)
  }
}

/** The name of an account; empty for trades whose account is not there. */
export const nameColumn = (
  world: World,
  nameRank: (account: number) => number,
  account: (id: number) => number,
): ViewColumn => ({
  kind: 'text',
  at: (id) => (account(id) < 0 ? '' : (world.users.columns.name[account(id)] as string)),
  ranks: (ids, n) => keysOf(ids, n, (id) => nameRank(account(id))),
})
