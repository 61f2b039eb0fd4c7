import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { viewTables } from '../../shared/api/views.ts'
import { currencyDigits, roundTo } from '../../shared/money/rounding.ts'
import type { BookSettings } from './book-core.ts'
import { createHarness, type Harness, viewRows } from './testing/harness.ts'
import { createModel, type Model, type ModelRow } from './testing/model.ts'
import { anyRecords, anySpec, anyStep, type Step } from './testing/worlds.ts'

/** The book against a naive one of plain objects, over random worlds, changes, ticks and views. */

const plain = (rows: readonly ModelRow[], names: readonly string[]) =>
  rows.map((row) => Object.fromEntries(names.map((name) => [name, row[name]])))

const start = (
  given: typeof anyRecords extends fc.Arbitrary<infer T> ? T : never,
  settings: BookSettings = {},
): [Harness, Model] => {
  const harness = createHarness('USD', settings)
  const model = createModel('USD', settings.decided)
  for (const stream of ['symbols', 'groups', 'users', 'trades'] as const)
    for (const row of given[stream]) model.apply({ stream, kind: 0, row })
  for (const quote of given.quotes) model.quote(quote)
  harness.feed.snapshot(given, given.quotes)
  return [harness, model]
}

const play = ({ feed }: Harness, model: Model, step: Step): void => {
  if ('changes' in step) {
    feed.changes(step.changes)
    for (const change of step.changes) model.apply(change)
  } else if ('ticks' in step) {
    feed.ticks(step.ticks)
    for (const tick of step.ticks) model.tick(tick)
  } else {
    feed.quotes(step.quotes)
    for (const quote of step.quotes) model.quote(quote)
  }
}

/** Cells without end; a blank (NaN) is where the model has one. */
const infinite = (rows: readonly ModelRow[]) =>
  rows.flatMap((row) =>
    Object.entries(row).filter(
      ([, cell]) => cell === Number.POSITIVE_INFINITY || cell === Number.NEGATIVE_INFINITY,
    ),
  )

/** Totals that are plain sums of a column. */
const summedNames = new Set([
  'floatingBase',
  'dayPlBase',
  'equityBase',
  'totalBase',
  'lots',
  'positions',
  'orders',
])
const summed = (totals: Record<string, number>) =>
  Object.fromEntries(Object.entries(totals).filter(([name]) => summedNames.has(name)))
const sums = (rows: readonly ModelRow[], totals: Record<string, number>) => {
  const sum = (name: string) =>
    rows.reduce((total, row) => total + (Number.isFinite(row[name]) ? (row[name] as number) : 0), 0)
  return Object.fromEntries(Object.keys(summed(totals)).map((name) => [name, roundTo(sum(name), 2)]))
}

/** The model adds doubles up; beyond so much their last digit is not to be told from a cent. */
const MUCH = 1e12
const asGood = (got: Record<string, number>, wanted: Record<string, number>) =>
  Object.fromEntries(
    Object.entries(got).map(([name, value]) => {
      const other = wanted[name] ?? Number.NaN
      return [name, Math.abs(other) > MUCH && Math.abs(value - other) < 0.015 ? other : value]
    }),
  )

describe('book core against the naive model', () => {
  it('hashes, figures, filters, orders, slices and totals agree after any history', () => {
    const history = fc.array(anyStep, { maxLength: 14 })
    fc.assert(
      fc.property(
        anyRecords,
        history,
        fc.array(anySpec, { minLength: 1, maxLength: 4 }),
        (given, steps, specs) => {
          const [harness, model] = start(given)
          for (const step of steps) {
            play(harness, model, step)
            if ('ticks' in step) harness.pass(150)
          }
          expect(harness.refused).toEqual([])
          expect(harness.core.hashes()).toEqual(model.hashes())
          for (const spec of specs) {
            const shown = harness.look(spec.kind, spec)
            const expected = model.view(spec)
            const { names } = viewTables[spec.kind]
            expect(shown.meta.matched).toBe(expected.length)
            expect(shown.meta.all).toBe(model.all(spec.kind).length)
            expect(viewRows(spec.kind, shown.data)).toEqual(
              plain(expected.slice(spec.from, spec.from + spec.count), names),
            )
            const wanted = sums(expected, shown.meta.totals)
            expect(asGood(summed(shown.meta.totals), wanted)).toEqual(wanted)
            expect(infinite(viewRows(spec.kind, shown.data))).toEqual([])
          }
        },
      ),
      { numRuns: 400 },
    )
  })

  // The window's rows are put together from all frames since the view was opened, changes upon changes.
  it('follows the settings where the papers are silent: comparators of levels, price of covered volume', () => {
    const decided = fc.record({
      marginCallAt: fc.constantFrom('at-or-below' as const, 'below' as const),
      stopOutAt: fc.constantFrom('at-or-below' as const, 'below' as const),
      coveredPrice: fc.constantFrom('weighted' as const, 'mean-of-legs' as const),
    })
    fc.assert(
      fc.property(anyRecords, decided, (given, settings) => {
        const [harness, model] = start(given, { decided: settings })
        const { data } = harness.look('accounts', { sort: { column: 'login', descending: false } })
        const expected = model.view({
          kind: 'accounts',
          filter: {},
          sort: { column: 'login', descending: false },
        })
        expect(viewRows('accounts', data)).toEqual(plain(expected, viewTables.accounts.names))
      }),
      { numRuns: 300 },
    )
  })

  it('totals of many rows, each currency converted once, are those of the rows but for their rounding', () => {
    const history = fc.array(anyStep, { maxLength: 8 })
    const anyTotals = anySpec.filter(({ kind }) => kind === 'accounts' || kind === 'positions')
    fc.assert(
      fc.property(
        anyRecords,
        history,
        fc.array(anyTotals, { minLength: 1, maxLength: 4 }),
        (given, steps, specs) => {
          const [harness, model] = start(given, { rowsAddedUp: 0 })
          for (const step of steps) play(harness, model, step)
          for (const spec of specs) {
            const { totals } = harness.look(spec.kind, spec).meta
            const rows = model.view(spec)
            const expected = sums(rows, totals)
            // A row is rounded in its own currency and in base currency.
            const unit = (currency: string) => 10 ** -currencyDigits(currency) * (model.rate(currency) || 0)
            const slack = rows.reduce((sum, row) => sum + 0.005 + unit(row['currency'] as string), 0.011)
            const off = Object.entries(summed(totals)).filter(
              ([name, sum]) => !(Math.abs(sum - (expected[name] as number)) <= slack),
            )
            expect(off).toEqual([])
            const ofLevel = (level: number) => rows.filter((row) => row['levelType'] === level).length
            const counts = { marginCalls: ofLevel(1), stopOuts: ofLevel(2), positions: expected['positions'] }
            expect(totals).toMatchObject(spec.kind === 'accounts' ? counts : {})
          }
        },
      ),
      { numRuns: 200 },
    )
  })

  it('a held or kept order never shows a row twice, leaves none out and shows figures of the moment', () => {
    fc.assert(
      fc.property(
        anyRecords,
        fc.array(anyStep, { minLength: 1, maxLength: 10 }),
        fc.boolean(),
        (given, steps, hold) => {
          const [harness, model] = start(given)
          const spec = {
            kind: 'positions' as const,
            filter: {},
            sort: { column: 'total', descending: true },
            from: 0,
            count: 1000,
            pace: 30,
            hold,
          }
          harness.core.openView(1, spec)
          for (const step of steps) {
            play(harness, model, step)
            harness.core.ackView(1, 1e9)
            harness.core.ackView(1, harness.frames.length)
            harness.pass(150)
          }
          const shown = harness.look('positions', { ...spec, hold: false })
          const { data } = harness.read('positions', 1)
          const byOrder = (rows: ModelRow[]) =>
            rows.sort((a, b) => (a['order'] as number) - (b['order'] as number))
          expect(byOrder(viewRows('positions', data))).toEqual(byOrder(viewRows('positions', shown.data)))
          expect(byOrder(viewRows('positions', data))).toEqual(
            plain(
              model.view({ ...spec, sort: { column: '', descending: false } }),
              viewTables.positions.names,
            ),
          )
        },
      ),
      { numRuns: 150 },
    )
  })
})
