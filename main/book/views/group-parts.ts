import { books, type Grouping, type ViewFilter } from '../../../shared/api/views.ts'
import { deskOfTrade } from '../world/links.ts'
import type { World } from '../world/world.ts'
import type { ViewSource } from './source.ts'

/** Accounts with something in common, or positions with the accounts that hold them. Volumes in 1/100 lot. */
export type GroupPart = {
  readonly key: string
  readonly accounts: Int32Array
  /** Ids of the rows that are added up: accounts or positions. */
  readonly rows: Int32Array
  readonly buy: number
  readonly sell: number
}

/** Whether rows are positions; the other groupings are of accounts. */
export const isOfPositions = (by: Grouping): by is 'symbol' | 'book' => by === 'symbol' || by === 'book'

/** What tells one group from another, as a number, and its word. */
type Common = { readonly code: (id: number) => number; readonly word: (code: number) => string }

const commons = (world: World): Record<Grouping, Common> => {
  const u = world.users.columns
  const t = world.trades.columns
  const text = (code: number): string => world.pool.text(code)
  const names: string[] = []
  const managers = new Map<number, number>()
  const managerOf = (a: number): number => {
    const group = u.group[a] as number
    const known = managers.get(group)
    if (known !== undefined) return known
    const name = world.managerOf(text(group))
    const place = names.indexOf(name) < 0 ? names.push(name) - 1 : names.indexOf(name)
    managers.set(group, place)
    return place
  }
  return {
    group: { code: (a) => u.group[a] as number, word: text },
    country: { code: (a) => u.country[a] as number, word: text },
    currency: {
      code: (a) => u.currencyId[a] as number,
      word: (id) => world.currencies[id] ?? '',
    },
    manager: { code: managerOf, word: (place) => names[place] as string },
    symbol: { code: (i) => t.symbol[i] as number, word: text },
    book: {
      code: (i) => deskOfTrade(world, i, t.account[i] as number),
      word: (desk) => books[desk] as string,
    },
  }
}

/** Ids by code, each list in the order given. */
const partition = (ids: Int32Array, codeOf: Common['code']): Map<number, Int32Array> => {
  const numbers = new Map<number, number>()
  const numberOf = new Int32Array(ids.length)
  const counts: number[] = []
  for (let i = 0; i < ids.length; i++) {
    const code = codeOf(ids[i] as number)
    let number = numbers.get(code)
    if (number === undefined) {
      number = counts.push(0) - 1
      numbers.set(code, number)
    }
    numberOf[i] = number
    counts[number] = (counts[number] as number) + 1
  }
  const parts = counts.map((count) => new Int32Array(count))
  const filled = new Int32Array(counts.length)
  for (let i = 0; i < ids.length; i++) {
    const number = numberOf[i] as number
    const at = filled[number] as number
    ;(parts[number] as Int32Array)[at] = ids[i] as number
    filled[number] = at + 1
  }
  return new Map([...numbers].map(([code, number]) => [code, parts[number] as Int32Array]))
}

/** Each account once. `seen` is zero for every account, and so again afterwards. */
const distinct = (accounts: Int32Array, seen: Uint8Array): Int32Array => {
  const found = new Int32Array(accounts.length)
  let n = 0
  for (const a of accounts) {
    if (a < 0 || seen[a] === 1) continue
    seen[a] = 1
    found[n++] = a
  }
  for (let k = 0; k < n; k++) seen[found[k] as number] = 0
  return found.slice(0, n)
}

/** All parts as one; an account that holds positions in several of them is counted once. */
export const together = (parts: readonly GroupPart[], accountLimit: number): GroupPart => {
  const all = (listOf: (part: GroupPart) => Int32Array): Int32Array => {
    const list = new Int32Array(parts.reduce((sum, part) => sum + listOf(part).length, 0))
    let at = 0
    for (const part of parts) {
      list.set(listOf(part), at)
      at += listOf(part).length
    }
    return list
  }
  return {
    key: '',
    rows: all(({ rows }) => rows),
    accounts: distinct(
      all(({ accounts }) => accounts),
      new Uint8Array(accountLimit),
    ),
    buy: parts.reduce((sum, part) => sum + part.buy, 0),
    sell: parts.reduce((sum, part) => sum + part.sell, 0),
  }
}

const selected = (source: ViewSource, filter: ViewFilter): Int32Array => {
  const ids = new Int32Array(source.capacity())
  return ids.subarray(0, source.select(filter, ids))
}

/** The groups of everything that passes a filter, in no order. */
export const groupParts = (
  world: World,
  source: ViewSource,
  by: Grouping,
  filter: ViewFilter,
): GroupPart[] => {
  const { account, cmd, volume } = world.trades.columns
  const common = commons(world)[by]
  const { start, count, cell, lots } = world.ledger.columns
  const { sell: sells } = world.cells
  const ofPositions = isOfPositions(by)
  const seen = new Uint8Array(world.users.high())
  return [...partition(selected(source, filter), common.code)].map(([code, rows]) => {
    let buy = 0
    let sell = 0
    const holders = new Int32Array(ofPositions ? rows.length : 0)
    let held = 0
    for (const id of rows) {
      if (!ofPositions) {
        const first = start[id] as number
        for (let p = first; p < first + (count[id] as number); p++) {
          const size = Math.round((lots[p] as number) * 100)
          if (sells[cell[p] as number]) sell += size
          else buy += size
        }
        continue
      }
      if (cmd[id] === 0) buy += volume[id] as number
      else sell += volume[id] as number
      holders[held++] = account[id] as number
    }
    return {
      key: common.word(code),
      rows,
      accounts: ofPositions ? distinct(holders, seen) : rows,
      buy,
      sell,
    }
  })
}
