import { deepStrictEqual } from 'node:assert/strict'
import { fateOf, type ModelBridge } from './model-bridge.ts'
import type { OutboxFact, Picture } from './proof-child.ts'
import type { Said } from './said.ts'
import { type Act, commandsOf, documentOf, numberOf, slotCollections } from './slots.ts'

/** What one life wanted of one document, in order, and how many of these writes are acknowledged at least. */
type Wanted = { readonly acts: readonly Act[]; readonly done: number }

const wantedIn = ({ issued, done }: Said, id: string): Wanted => {
  const acts = issued.filter((act) => act.id === id)
  return { acts, done: acts.findLastIndex(({ n }) => done.has(n)) + 1 }
}

/** What may have happened: of each life some first writes, none that was acknowledged left out. */
const histories = ([life, ...later]: readonly Wanted[]): Act[][] => {
  if (!life) return [[]]
  const ends = Array.from({ length: life.acts.length - life.done + 1 }, (_, i) => life.done + i)
  const rest = histories(later)
  return ends.flatMap((end) => rest.map((acts) => life.acts.slice(0, end).concat(acts)))
}

const isSame = (a: unknown, b: unknown): boolean => {
  try {
    deepStrictEqual(a, b)
    return true
  } catch {
    return false
  }
}

const ensure = (holds: boolean, what: string): void => {
  if (!holds) throw new Error(what)
}

/**
 * What must be in the file, kept from what children said and compared with what the next one finds. It throws a
 * sentence on the first thing that is not as it has to be. Test support.
 */
export const createLedger = (bridge: ModelBridge) => {
  const found = new Map<string, object>()
  let since: Said[] = []
  let journal: number[] = []
  const settled = new Map<string, string>()
  let numbers: Picture['changes'] = {}
  const highest = new Map<string, number>()
  const known = new Map<string, OutboxFact>()
  let acts = 0

  /** The document is as one of its writes left it, none older than the last acknowledged, with the commands of all before. */
  const ensureDocument = (id: string, stored: object | null, keys: ReadonlyMap<string, OutboxFact>): void => {
    const lives = since.map((said) => wantedIn(said, id)).filter(({ acts }) => acts.length > 0)
    const fits = (happened: readonly Act[]): boolean => {
      const last = happened.at(-1)
      if (!isSame(stored, last ? (last.removes ? null : documentOf(last)) : (found.get(id) ?? null)))
        return false
      const all = new Set(happened)
      return lives.every(({ acts }) =>
        acts.every((act) => commandsOf(act).every(({ key }) => keys.has(key) === all.has(act))),
      )
    }
    if (histories(lives).some(fits)) return
    const said = lives.flatMap(({ acts, done }) =>
      acts.map((act, i) => {
        const there = commandsOf(act).map(({ key }) => (keys.has(key) ? ' command' : ' no command'))
        return `${act.n}${act.removes ? ' removed' : ''}${i < done ? ' acknowledged' : ''}${there.join('')}`
      }),
    )
    throw new Error(
      `${id} is ${stored ? `as write ${numberOf(id.split('-')[0] as never, stored)} made it` : 'not there'}, which fits none of: ${said.join('; ')}.`,
    )
  }

  const ensureOutbox = (rows: readonly OutboxFact[]): void => {
    const keys = new Map(rows.map((row) => [row.key, row]))
    for (const key of known.keys()) ensure(keys.has(key), `Command ${key} is gone.`)
    const times = new Map<string, number>()
    for (const { key } of bridge.executed) times.set(key, (times.get(key) ?? 0) + 1)
    for (const [key, count] of times) {
      ensure(count === 1, `Command ${key} was executed ${count} times.`)
      const state = keys.get(key)?.state ?? 'not there'
      ensure(
        ['confirmed', 'sending', 'sent'].includes(state),
        `Command ${key} was executed, and is ${state}.`,
      )
    }
    for (const { key, state } of rows) {
      ensure(state !== 'confirmed' || times.has(key), `Command ${key} is confirmed and was not executed.`)
      const before = settled.get(key)
      ensure(before === undefined || before === state, `Command ${key} was ${before} and is ${state}.`)
      if (state === 'confirmed' || state === 'failed') settled.set(key, state)
    }
    for (const key of settled.keys()) ensure(keys.has(key), `Command ${key} is gone.`)
    for (const row of rows) known.set(row.key, row)
  }

  const ensureJournal = (lines: readonly number[]): void => {
    const there = new Set(lines)
    ensure(there.size === lines.length, 'A journal line is there twice.')
    for (const n of journal) ensure(there.has(n), `Journal line ${n} is gone.`)
    for (const { journal: said } of since)
      for (const n of said) ensure(there.has(n), `Journal line ${n} was acknowledged and is not there.`)
    journal = [...lines]
  }

  /** Whoever followed up to the highest number seen gets every change that came since. */
  const ensureChanges = (stored: ReadonlyMap<string, object>, now: Picture['changes']): void => {
    for (const [id, seq] of Object.entries(now)) {
      const place = id.split('-')[0] as string
      const same = numbers[id] === seq
      ensure(
        same || seq > (highest.get(place) ?? 0),
        `Change ${seq} of ${id} came behind ${highest.get(place)}.`,
      )
      ensure(!same || isSame(stored.get(id), found.get(id)), `${id} changed and kept its number ${seq}.`)
    }
    for (const [id, seq] of Object.entries(now)) {
      const place = id.split('-')[0] as string
      highest.set(place, Math.max(seq, highest.get(place) ?? 0))
    }
    numbers = now
  }

  return {
    /** What a child did until it was killed. */
    hear: (said: Said): void => {
      ensure(said.failed.length === 0, `The desk failed: ${said.failed.join(' ')}`)
      since.push(said)
      acts += said.done.size
      for (const [key, state] of said.settled) settled.set(key, state)
    },
    /** What the next one found. */
    compare: ({ check, documents, outbox, journal: lines, changes, health }: Picture): void => {
      ensure(check.length === 0, `SQLite's check says: ${check.join(' ')}`)
      ensure(health.ok, `The store says of itself: ${health.detail}`)
      const keys = new Map(outbox.map((row) => [row.key, row]))
      const stored = new Map(
        slotCollections.flatMap((name) => documents[name].map((document) => [document.id, document])),
      )
      const ids = new Set([
        ...stored.keys(),
        ...found.keys(),
        ...since.flatMap(({ issued }) => issued.map(({ id }) => id)),
      ])
      for (const id of ids) ensureDocument(id, stored.get(id) ?? null, keys)
      ensureOutbox(outbox)
      ensureJournal(lines)
      ensureChanges(stored, changes)
      found.clear()
      for (const [id, document] of stored) found.set(id, document)
      since = []
    },
    /** Nothing waits any more: every command came to the one end that the server had for it. */
    ensureSettled: (rows: readonly OutboxFact[]): void => {
      for (const { key, state } of rows) {
        const wanted = ['refused', 'unsure-not'].includes(fateOf(key)) ? 'failed' : 'confirmed'
        ensure(state === wanted, `Command ${key} ended ${state}, not ${wanted}.`)
      }
      const seqOf = new Map(rows.map(({ key, seq }) => [key, seq]))
      const lanes = Map.groupBy(bridge.executed, ({ lane }) => lane)
      for (const [lane, done] of lanes) {
        const order = done.map(({ key }) => seqOf.get(key) ?? 0)
        ensure(
          order.every((seq, i) => i === 0 || seq > (order[i - 1] as number)),
          `The commands of ${lane} were executed out of order: ${order.join()}.`,
        )
      }
    },
    facts: () => ({ acts, commands: known.size, executed: bridge.executed.length }),
  }
}
