import fc from 'fast-check'
import { expect, it } from 'vitest'
import { applyPage, mergePages, type Page } from '../../../shared/api/pages.ts'
import type { Timers } from '../../../shared/runtime/ports.ts'
import { type Change, watchPage } from './watch-page.ts'

type Row = { id: string; key: number; on: boolean; rev: string }

/** Timers that run when they are told to. */
const manualTimers = () => {
  const planned = new Map<number, () => void>()
  let last = 0
  const timers: Timers = {
    setTimeout: (fn) => {
      planned.set(++last, fn)
      return last
    },
    clearTimeout: (handle) => {
      planned.delete(handle as number)
    },
  }
  const run = (): boolean => {
    const [first] = planned
    if (!first) return false
    planned.delete(first[0])
    first[1]()
    return true
  }
  return { timers, run }
}

/**
 * A collection whose answers come when they are let, without or with what is written meanwhile; its news of a write may
 * come behind an answer that has it.
 */
const collection = (coins: readonly boolean[] = [], slowNews = false) => {
  const rows = new Map<string, Row>()
  const listeners = new Set<(changes: readonly Change<Row>[]) => void>()
  const answers: (() => void)[] = []
  let revision = 0
  const news: Change<Row>[] = []
  let queries = 0
  let tossed = 0
  const compare = (a: Row, b: Row) => a.key - b.key || (a.id < b.id ? -1 : a.id > b.id ? 1 : 0)
  const list = () => [...rows.values()].filter(({ on }) => on).toSorted(compare)
  const later = <T>(make: () => T): Promise<T> =>
    new Promise((resolve) => {
      const early = make()
      const isEarly = coins[tossed++ % coins.length] ?? true
      answers.push(() => resolve(isEarly ? early : make()))
    })
  const deliver = (): boolean => {
    const change = news.shift()
    if (change) for (const fn of listeners) fn([change])
    return change !== undefined
  }
  return {
    list,
    write: (id: string, next: { key: number; on: boolean } | null) => {
      const before = rows.get(id) ?? null
      if (next === null) rows.delete(id)
      else rows.set(id, { id, ...next, rev: String(++revision) })
      const after = rows.get(id) ?? null
      news.push({ before, after })
      if (!slowNews) deliver()
    },
    deliver,
    answer: (): boolean => {
      const next = answers.shift()
      next?.()
      return next !== undefined
    },
    queries: () => queries,
    source: {
      query: (skip: number, limit: number) => {
        queries += 1
        return later(() => list().slice(skip, skip + limit))
      },
      count: () => later(() => list().length),
      matches: ({ on }: Row) => on,
      compare,
      idOf: ({ id }: Row) => id,
      revisionOf: ({ rev }: Row) => rev,
      onChanges: (fn: (changes: readonly Change<Row>[]) => void) => {
        listeners.add(fn)
        return () => listeners.delete(fn)
      },
    },
  }
}
const turn = () => new Promise((resolve) => setImmediate(resolve))

const write = fc.record({
  id: fc.constantFrom(...'a b c d e f g h i j'.split(' ')),
  next: fc.oneof(
    { weight: 1, arbitrary: fc.constant(null) },
    { weight: 4, arbitrary: fc.record({ key: fc.nat(6), on: fc.boolean() }) },
  ),
})
const step = fc.oneof(
  { weight: 5, arbitrary: write },
  {
    weight: 3,
    arbitrary: fc.constantFrom(
      'timer' as const,
      'answer' as const,
      'news' as const,
      'take' as const,
      'settle' as const,
    ),
  },
)

it('shows what asking again would answer, whatever was written and however the answers came', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(write, { maxLength: 8 }),
      fc.array(step, { maxLength: 30 }),
      fc.nat(4),
      fc.integer({ min: 1, max: 5 }),
      fc.array(fc.boolean(), { minLength: 1, maxLength: 5 }),
      fc.boolean(),
      async (before, steps, from, count, coins, slowNews) => {
        const { timers, run } = manualTimers()
        const rows = collection(coins, slowNews)
        for (const { id, next } of before) rows.write(id, next)
        while (rows.deliver());
        let held: Row[] = []
        let total = -1
        let waiting: Page<Row> | null = null
        const take = (): void => {
          if (waiting === null) return
          held = applyPage(held, waiting)
          total = waiting.total
          waiting = null
        }
        const end = watchPage<Row, Row>({
          source: rows.source,
          from,
          count,
          show: (row) => row,
          push: (page) => {
            waiting = waiting === null ? page : mergePages(waiting, page)
          },
          failed: () => {},
          timers,
        })
        const settle = async () => {
          for (let quiet = 0; quiet < 3; ) {
            quiet = rows.deliver() || rows.answer() || run() ? 0 : quiet + 1
            await turn()
          }
        }
        for (const each of steps) {
          if (each === 'settle') await settle()
          else if (each === 'timer') {
            // News is late by less than a timer.
            while (rows.deliver());
            run()
          } else if (each === 'answer') rows.answer()
          else if (each === 'news') rows.deliver()
          else if (each === 'take') take()
          else rows.write(each.id, each.next)
          await turn()
        }
        await settle()
        take()
        expect(held).toEqual(rows.list().slice(from, from + count))
        expect(total).toBe(rows.list().length)
        end()
      },
    ),
    { numRuns: 1_500 },
  )
})

it('asks again only when the slice itself may be another', async () => {
  const { timers, run } = manualTimers()
  const rows = collection()
  for (let i = 0; i < 20; i++) rows.write(`r${String(i).padStart(2, '0')}`, { key: i, on: true })
  const pages: Page<Row>[] = []
  const end = watchPage<Row, Row>({
    source: rows.source,
    from: 0,
    count: 3,
    show: (row) => row,
    push: (page) => pages.push(page),
    failed: () => {},
    timers,
  })
  const settle = async () => {
    for (let quiet = 0; quiet < 3; ) {
      quiet = rows.answer() || run() ? 0 : quiet + 1
      await turn()
    }
  }
  await settle()
  expect(pages).toMatchObject([{ kind: 'page', total: 20, order: ['r00', 'r01', 'r02'] }])
  const asked = rows.queries()

  rows.write('r15', { key: 16, on: true })
  rows.write('off', { key: 0, on: false })
  await settle()
  expect(pages).toHaveLength(1)
  rows.write('r19', null)
  await settle()
  expect(pages[1]).toEqual({ kind: 'changes', total: 19, order: null, rows: [] })
  rows.write('r01', { key: 1, on: true })
  await settle()
  expect(pages[2]).toMatchObject({ total: 19, order: null, rows: [{ id: 'r01' }] })
  rows.write('new', { key: 0.5, on: true })
  await settle()
  expect(pages[3]).toMatchObject({ total: 20, order: ['r00', 'new', 'r01'], rows: [{ id: 'new' }] })
  expect(rows.queries()).toBe(asked)

  rows.write('r00', null)
  await settle()
  expect(pages[4]).toMatchObject({ total: 19, order: ['new', 'r01', 'r02'], rows: [{ id: 'r02' }] })
  expect(rows.queries()).toBe(asked + 1)
  end()
  rows.write('r01', null)
  await settle()
  expect(pages).toHaveLength(5)
})
