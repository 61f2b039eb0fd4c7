const DAY = 86_400_000

type Dated = { readonly name: string; readonly at: number }

/**
 * Backups that may go: all but the newest five, the newest of each of the last seven days, of each of the last five
 * weeks and of each of the last twelve months (30 days each), counted back from the newest, so that a desk that
 * was off for a year keeps what it has. Pure.
 */
export const toPrune = (backups: readonly Dated[]): string[] => {
  const newestFirst = backups.toSorted((a, b) => b.at - a.at || (a.name < b.name ? 1 : -1))
  const newest = newestFirst[0]?.at ?? 0
  const kept = new Set(newestFirst.slice(0, 5).map(({ name }) => name))
  for (const [length, most] of [
    [DAY, 7],
    [7 * DAY, 5],
    [30 * DAY, 12],
  ] as const) {
    const seen = new Set<number>()
    for (const { name, at } of newestFirst) {
      const age = Math.floor((newest - at) / length)
      if (age >= most || seen.has(age)) continue
      seen.add(age)
      kept.add(name)
    }
  }
  return newestFirst.map(({ name }) => name).filter((name) => !kept.has(name))
}
