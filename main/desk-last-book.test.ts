import { expect, it } from 'vitest'
import type { Held, LastBook } from './book/last-book/last-book.ts'
import { startWith } from './desk-last-book.ts'
import { createManualTime } from './link/manual-time.ts'

const held: Held = {
  epoch: 'e',
  seqs: { symbols: 1, groups: 1, users: 1, trades: 1, ticks: 1 },
  serverTimeOffset: 7200,
}

const setUp = () => {
  const time = createManualTime()
  const started: (Held | undefined)[] = []
  const { promise, resolve } = Promise.withResolvers<Held | null>()
  const lastBook = { restore: () => promise } as unknown as LastBook
  const start = (given?: Held): void => void started.push(given)
  return { time, started, resolve, lastBook, start }
}

it('starts the link at once where no book is kept', () => {
  const { time, started, start } = setUp()
  startWith(null, start, time)
  expect(started).toEqual([undefined])
})

it('starts the link with the book, or without where there is none', async () => {
  for (const found of [held, null]) {
    const { time, started, resolve, lastBook, start } = setUp()
    startWith(lastBook, start, time)
    expect(started).toEqual([])
    resolve(found)
    await time.advance(0)
    expect(started).toEqual([found ?? undefined])
    await time.advance(10_000)
    expect(started).toHaveLength(1)
  }
})

it('does not wait for a slow disk, and tells of a late book all the same', async () => {
  const { time, started, resolve, lastBook, start } = setUp()
  startWith(lastBook, start, time)
  await time.advance(3000)
  expect(started).toEqual([undefined])
  resolve(held)
  await time.advance(0)
  expect(started).toEqual([undefined, held])
})
