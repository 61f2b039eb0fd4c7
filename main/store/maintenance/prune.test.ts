import fc from 'fast-check'
import { expect, it } from 'vitest'
import { toPrune } from './prune.ts'

const DAY = 86_400_000
const hourly = (hours: number) =>
  Array.from({ length: hours }, (_, i) => ({ name: `b${i}`, at: 1e12 + i * 3_600_000 }))

it('keeps the newest, and fewer of them the older they are', () => {
  const all = hourly(24 * 400)
  const gone = new Set(toPrune(all))
  const kept = all.filter(({ name }) => !gone.has(name))
  const ages = kept.map(({ at }) => Math.round(((all.at(-1)?.at ?? 0) - at) / DAY)).toReversed()
  expect(ages).toEqual([
    0, 0, 0, 0, 0, 1, 2, 3, 4, 5, 6, 7, 14, 21, 28, 30, 60, 90, 120, 150, 180, 210, 240, 270, 300, 330,
  ])
})

it('never takes one of the newest five, and what it kept it keeps', () => {
  fc.assert(
    fc.property(fc.uniqueArray(fc.nat(500 * 24), { maxLength: 60 }), (hours) => {
      const all = hours.map((hour) => ({ name: `b${hour}`, at: 1e12 + hour * 3_600_000 }))
      const gone = new Set(toPrune(all))
      for (const { name } of all.toSorted((a, b) => b.at - a.at).slice(0, 5)) expect(gone).not.toContain(name)
      expect(toPrune(all.filter(({ name }) => !gone.has(name)))).toEqual([])
    }),
  )
})
