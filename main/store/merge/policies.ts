import { canonical, same } from './same.ts'

/**
 * How two changes of one field become one. Null: they cannot, a person has to choose. Each is told only of fields that
 * both sides changed, and differently; each answers the same whichever side is called which.
 */
export type Policy = (base: unknown, a: unknown, b: unknown) => { value: unknown } | null

/** Words, figures, dates, texts: what somebody wrote is not mixed with what somebody else wrote. */
export const choose: Policy = () => null

/** A moment or a count that only grows: the greater one. */
export const greatest: Policy = (_base, a, b) => ({ value: Math.max(Number(a), Number(b)) })

/** The greater as text, where either of two would do and both sides must take the same one. */
export const greaterText = (a: unknown, b: unknown): unknown => (canonical(a) > canonical(b) ? a : b)
export const either: Policy = (_base, a, b) => ({ value: greaterText(a, b) })

type Entries = Map<string, unknown>
const entriesOf = (list: unknown, keyOf: (entry: unknown) => string): Entries =>
  new Map((Array.isArray(list) ? list : []).map((entry: unknown) => [keyOf(entry), entry]))

/**
 * A list of things that have a key: what either side added stays, what either side removed goes, and one that was
 * removed by one side and changed by the other stays as changed. One that both changed, and differently, is settled by
 * `settle`; without it a person chooses.
 */
export const entries =
  (keyOf: (entry: unknown) => string, settle: (a: unknown, b: unknown) => unknown = () => null): Policy =>
  (base, a, b) => {
    const [before, left, right] = [base, a, b].map((list) => entriesOf(list, keyOf)) as [
      Entries,
      Entries,
      Entries,
    ]
    const merged: unknown[] = []
    const keep = (key: string): boolean => {
      const [o, x, y] = [before.get(key), left.get(key), right.get(key)]
      if (same(x, y)) {
        if (x !== undefined) merged.push(x)
        return true
      }
      const changed = same(x, o)
        ? y
        : same(y, o)
          ? x
          : x === undefined || y === undefined
            ? (x ?? y)
            : settle(x, y)
      if (changed === null) return false
      if (changed !== undefined) merged.push(changed)
      return true
    }
    const added = [...left.keys(), ...right.keys()].filter((key) => !before.has(key))
    for (const key of [...before.keys(), ...new Set(added.toSorted())]) if (!keep(key)) return null
    return { value: merged }
  }

/** Words without order: what either side added stays, what either side removed goes. */
export const set: Policy = entries(String)

/** Something of several parts, each of which is a field of its own. Both changed the same part: a person chooses. */
export const parts: Policy = (base, a, b) => {
  const [o, x, y] = [base, a, b].map((value) => (value ?? {}) as Record<string, unknown>) as [
    Record<string, unknown>,
    Record<string, unknown>,
    Record<string, unknown>,
  ]
  const merged: Record<string, unknown> = {}
  for (const key of [...new Set([...Object.keys(x), ...Object.keys(y)])].toSorted()) {
    if (same(x[key], y[key]) || same(y[key], o[key])) merged[key] = x[key]
    else if (same(x[key], o[key])) merged[key] = y[key]
    else return null
  }
  return { value: merged }
}
