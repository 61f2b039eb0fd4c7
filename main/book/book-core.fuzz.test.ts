import { describe, expect, it } from 'vitest'
import type { ViewKind } from '../../shared/api/views.ts'
import {
  type FrameHeader,
  FrameType,
  HEADER_BYTES,
  MAX_FRAME_ROWS,
  openFrame,
  sealFrame,
} from '../../shared/wire/header.ts'
import { createFeed, type Frame, type RecordRows } from './testing/feed.ts'
import { createHarness } from './testing/harness.ts'
import { groupRow, quoteRow, symbolRow, tradeRow, userRow } from './testing/rows.ts'

/**
 * Frames that are damaged behind the checksum: valid ones with some bytes changed and sealed again. The book must
 * refuse what makes no sense, take what does, and in neither case fall over. `DESKLINE_FUZZ` sets the number.
 */

const FRAMES = Number(process.env['DESKLINE_FUZZ'] ?? 200_000)
const BUDGET_MS = Number(process.env['DESKLINE_FUZZ'] ?? 0) > 200_000 ? 3_600_000 : 25_000
const FRESH_EVERY = 2000
const LOOK_EVERY = 250

const records: RecordRows = {
  symbols: ['EURUSD', 'USDJPY', 'DAX'].map((symbol, index) =>
    symbolRow({ symbol, index, profitMode: index >> 1 }),
  ),
  groups: [groupRow({ group: 'real' }), groupRow({ group: 'coverage', currency: 'EUR' })],
  users: [1, 2, 3].map((login) => userRow({ login, group: login === 3 ? 'coverage' : 'real' })),
  trades: [1, 2, 3, 4, 5, 6].map((order) =>
    tradeRow({ order, login: 1 + (order % 3), cmd: order - 1, symbol: order % 2 ? 'EURUSD' : 'USDJPY' }),
  ),
}
const quotes = [quoteRow(0, 1.1, 1.1001), quoteRow(1, 150, 150.01), quoteRow(2, 15_000, 15_001)]

type Sample = { header: FrameHeader; frame: Frame }
/** BEGIN, four tables, quotes, END. */
const SNAPSHOT_FRAMES = 7

/** One valid frame of every sort, a whole snapshot first. */
const samples = (): Sample[] => {
  const taken: Sample[] = []
  const feed = createFeed((header, frame) => taken.push({ header, frame }))
  feed.snapshot(records, quotes)
  for (const stream of ['symbols', 'groups', 'users', 'trades'] as const)
    feed.changes(records[stream].map((row, i) => ({ stream, kind: i === 1 ? 4 : 1, row })))
  feed.changes([{ stream: 'trades', kind: 2, row: tradeRow({ order: 3, login: 1, cmd: 0 }) }], true)
  feed.ticks(quotes.map(({ symbol, bid, ask, time }) => ({ symbol, bid, ask, time })))
  feed.quotes(quotes)
  const zero = { rows: 0, a: 0, b: 0 }
  feed.checkpoint({ symbols: zero, groups: zero, users: zero, trades: zero })
  return taken
}

const randomFrom = (seed: number) => {
  let state = seed
  return (below: number): number => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    return Math.floor((state / 2 ** 32) * below)
  }
}

const mutate = (given: Sample, random: (below: number) => number): Frame => {
  const frame = given.frame.slice(0, random(20) === 0 ? HEADER_BYTES + 8 * random(40) : undefined)
  const payload = frame.byteLength - HEADER_BYTES
  const damages = payload === 0 ? 0 : 1 + random(4)
  for (let i = 0; i < damages; i++) {
    const at = HEADER_BYTES + random(payload)
    frame[at] = random(3) === 0 ? random(256) : (frame[at] as number) ^ (1 << random(8))
  }
  const header = { ...given.header }
  if (random(15) === 0)
    header.rows = random(3) === 0 ? random(MAX_FRAME_ROWS) : Math.max(0, header.rows + random(5) - 2)
  if (random(30) === 0) header.stream = random(7)
  if (random(30) === 0) header.first = random(1_000_000)
  return sealFrame(frame, header)
}

type Harness = ReturnType<typeof createHarness>
const deliver = (harness: Harness, frames: readonly Sample[], scope: number): void => {
  for (const { header, frame } of frames) harness.core.accept({ ...header, scope }, frame)
  if (harness.applied.at(-1)?.settled !== true) throw new Error('the snapshot did not settle')
}
const started = (valid: readonly Sample[]): Harness => {
  const harness = createHarness()
  deliver(harness, valid.slice(0, SNAPSHOT_FRAMES), 1)
  return harness
}

describe('fuzz', () => {
  it(
    'mutated frames neither break the book nor slip in half',
    () => {
      const random = randomFrom(20_261_122)
      const valid = samples()
      const begin = valid[0] as Sample
      const deadline = performance.now() + BUDGET_MS
      const seen = { taken: 0, refused: 0, looks: 0 }
      let harness = started(valid)
      let done = 0
      for (; done < FRAMES && performance.now() < deadline; done++) {
        if (done % FRESH_EVERY === 0) harness = started(valid)
        // Frames of a snapshot cost a whole snapshot each: one in eight will do.
        const place =
          random(8) === 0 ? random(SNAPSHOT_FRAMES) : SNAPSHOT_FRAMES + random(valid.length - SNAPSHOT_FRAMES)
        const sample = valid[place] as Sample
        let opened: Sample
        try {
          opened = openFrame(mutate(sample, random))
        } catch {
          continue
        }
        // Each mutant comes in a follow of its own, or the first refused one would shield the rest.
        const scope = (done + 1) * 2
        const inSnapshot = sample.header.type <= FrameType.SNAPSHOT_END
        if (inSnapshot) harness.core.accept({ ...begin.header, scope }, begin.frame)
        const before = JSON.stringify(harness.core.hashes())
        const refusals = harness.refused.length
        harness.core.accept({ ...opened.header, scope }, opened.frame)
        if (harness.refused.length > refusals) {
          seen.refused++
          if (JSON.stringify(harness.core.hashes()) !== before) throw new Error(`half applied: frame ${done}`)
        } else seen.taken++
        if (inSnapshot) deliver(harness, valid.slice(0, SNAPSHOT_FRAMES), scope + 1)
        if (done % LOOK_EVERY === 0) {
          harness.pass(1500)
          for (const kind of [
            'accounts',
            'positions',
            'pendings',
            'exposure',
            'currencies',
            'quotes',
          ] as ViewKind[])
            seen.looks += harness.look(kind, { sort: { column: 'lots', descending: true } }).meta.matched
          harness.core.search('a', 5)
          harness.core.explain(1)
          harness.core.explainAccount(1)
          harness.core.account(1)
        }
      }
      expect(done).toBeGreaterThan(Math.min(FRAMES, 5000) - 1)
      expect(seen.refused).toBeGreaterThan(done / 10)
      expect(seen.taken).toBeGreaterThan(done / 10)
      expect(seen.looks).toBeGreaterThan(0)
    },
    BUDGET_MS + 60_000,
  )

  it('a refused frame leaves every figure as it was', () => {
    const random = randomFrom(7)
    const valid = samples()
    const harness = started(valid)
    const figures = () =>
      JSON.stringify(
        [harness.look('accounts'), harness.look('positions'), harness.look('quotes')],
        (key, value: unknown) =>
          key === 'n' ? 0 : ArrayBuffer.isView(value) ? [...(value as Float64Array)] : value,
      )
    const before = figures()
    let refused = 0
    for (let i = 1; refused < 300; i++) {
      const probe = createHarness()
      for (const { header, frame } of valid.slice(0, 7)) probe.core.accept(header, frame)
      const { header, frame } = openFrame(
        mutate(valid[7 + random(valid.length - 7)] as (typeof valid)[0], random),
      )
      const own = { ...header, scope: i + 1 }
      probe.core.accept(own, frame)
      if (probe.refused.length === 0) continue
      refused++
      harness.core.accept(own, frame)
    }
    expect(harness.refused).toHaveLength(300)
    expect(figures()).toBe(before)
  })
})
