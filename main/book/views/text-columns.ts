import type { TextPool } from '../../../shared/table/text-pool.ts'
import type { World } from '../world/world.ts'
import { textRanks } from './rank.ts'
import type { RowKey, ViewColumn } from './source.ts'

/** A column of pooled texts: only the distinct codes are put in order. */
export const pooledColumn = (
  pool: TextPool,
  code: (id: number) => number,
): Extract<ViewColumn, { kind: 'text' }> => ({
  kind: 'text',
  at: (id) => pool.text(code(id)),
  ranks: (ids, n) => {
    const distinct = new Set<number>()
    for (let i = 0; i < n; i++) distinct.add(code(ids[i] as number))
    const codes = [...distinct]
    const places = textRanks(codes.map((c) => pool.text(c)))
    const byCode = new Map(codes.map((c, i) => [c, places[i] as number]))
    return (id) => byCode.get(code(id)) as number
  },
})

/** Places of a few rows by a text. */
export const textOrder = (ids: Int32Array, n: number, at: (id: number) => string): RowKey => {
  const rows = ids.slice(0, n)
  const places = textRanks(Array.from(rows, at))
  const byId = new Map(Array.from(rows, (id, i) => [id, places[i] as number]))
  return (id) => byId.get(id) as number
}

/** A column of texts without a pool, for few rows. */
export const plainColumn = (at: (id: number) => string): ViewColumn => ({
  kind: 'text',
  at,
  ranks: (ids, n) => textOrder(ids, n, at),
})

/** A column of texts from a short list; −1 is the empty text. */
export const listedColumn = (texts: () => readonly string[], place: (id: number) => number): ViewColumn => ({
  kind: 'text',
  at: (id) => texts()[place(id)] ?? '',
  ranks: () => {
    const ranks = textRanks([...texts(), ''])
    const empty = ranks.at(-1) as number
    return (id) => ranks[place(id)] ?? empty
  },
})

/** Answers how to look up the place of an account's name among all. */
export type NameRanks = () => (account: number) => number

const namesOf = ({ users }: World): string[] =>
  Array.from({ length: users.high() }, (_, slot) => users.columns.name.at(slot))

/** Places of all account names, by slot (−1 is the empty name); worked out anew only when a name changed. */
export const createNameRanks = (world: World): NameRanks => {
  let ranks = new Float64Array(0)
  let empty = 0
  let version = ''
  return () => {
    const now = `${world.textChanges}|${world.users.membership()}`
    if (now !== version) {
      version = now
      ranks = Float64Array.from(textRanks([...namesOf(world), '']))
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
  at: (id) => (account(id) < 0 ? '' : world.users.columns.name.at(account(id))),
  ranks: () => {
    const rank = nameRanks()
    return (id) => rank(account(id))
  },
})
