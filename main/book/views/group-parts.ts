import type { Grouping, ViewFilter } from '../../../shared/api/views.ts'
import { deskOfTrade } from '../world/links.ts'
import type { World } from '../world/world.ts'
import { deskWords } from './exposures.ts'
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
      word: (desk) => deskWords[desk] as string,
    },
  }
}

/** Ids by code, each list in the order given. */
const partition = (ids: Int32Array, codeOf: Common['code']): Map<number, Int32Array> => {
  const codes = Int32Array.from(ids, codeOf)
  const counts = new Map<number, number>()
  for (const code of codes) counts.set(code, (counts.get(code) ?? 0) + 1)
  const parts = new Map<number, Int32Array>()
  for (const [code, count] of counts) {
    parts.set(code, new Int32Array(count))
    counts.set(code, 0)
  }
  for (let i = 0; i < ids.length; i++) {
    const code = codes[i] as number
    const at = counts.get(code) as number
    ;(parts.get(code) as Int32Array)[at] = ids[i] as number
    counts.set(code, at + 1)
  }
  return parts
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
  const { account, place, cmd, volume } = world.trades.columns
  const common = commons(world)[by]
  const { start, count, cell, lots } = world.ledger.columns
  const { sell: sells } = world.cells
  const ofPositions = isOfPositions(by)
  return [...partition(selected(source, filter), common.code)].map(([code, rows]) => {
    let buy = 0
    let sell = 0
    const holders = new Set<number>()
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
      if ((place[id] as number) >= 0) holders.add(account[id] as number)
    }
    return {
      key: common.word(code),
      rows,
      accounts: ofPositions ? Int32Array.from(holders) : rows,
      buy,
      sell,
    }
  })
}
