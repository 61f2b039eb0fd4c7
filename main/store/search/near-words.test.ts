import fc from 'fast-check'
import { expect, it } from 'vitest'
import { editsBetween } from './distance.ts'
import { createNearWords } from './near-words.ts'

/** Optimal string alignment written from its definition, slowly. */
const slowEdits = (a: string, b: string): number => {
  if (a === '' || b === '') return a.length + b.length
  const last = a.at(-1) === b.at(-1) ? 0 : 1
  let best = Math.min(
    slowEdits(a.slice(0, -1), b) + 1,
    slowEdits(a, b.slice(0, -1)) + 1,
    slowEdits(a.slice(0, -1), b.slice(0, -1)) + last,
  )
  if (a.length > 1 && b.length > 1 && a.at(-1) === b.at(-2) && a.at(-2) === b.at(-1))
    best = Math.min(best, slowEdits(a.slice(0, -2), b.slice(0, -2)) + 1)
  return best
}

it('edits between words are those of the definition', () => {
  const word = fc.stringMatching(/^[abc]{0,6}$/)
  fc.assert(
    fc.property(word, word, fc.integer({ min: 1, max: 7 }), (a, b, most) => {
      const { whole, prefix } = editsBetween(a, b, most)
      expect(whole).toBe(Math.min(most + 1, slowEdits(a, b)))
      expect(prefix).toBe(
        Math.min(most + 1, ...Array.from({ length: b.length + 1 }, (_, n) => slowEdits(a, b.slice(0, n)))),
      )
    }),
  )
})

it('near words are all the words within the edits allowed, and only those', () => {
  const word = fc.stringMatching(/^[abcd]{3,12}$/)
  fc.assert(
    fc.property(fc.uniqueArray(word, { maxLength: 60 }), fc.array(word, { maxLength: 5 }), (words, more) => {
      const near = createNearWords((n) => words[n] as string, 10)
      words.forEach((text, n) => near.add(n, text))
      const asked = [...more, ...words.map((text) => text.slice(1)), ...words.map((text) => `${text}a`)]
      for (const typed of asked.filter(({ length }) => length >= 3)) {
        const allowed = typed.length >= 8 ? 2 : 1
        const found = near.near(typed)
        const whole = found.filter(({ begun }) => !begun)
        const must = words.flatMap((text, n) => {
          const edits = editsBetween(typed, text, allowed).whole
          const forgiven = Math.min(allowed, text.length >= 8 ? 2 : 1)
          return text.length >= 4 && edits > 0 && edits <= forgiven ? [{ word: n, edits, begun: false }] : []
        })
        expect(whole).toEqual(expect.arrayContaining(must))
        const truly = found.map(({ word: n, begun }) => {
          const { whole: all, prefix } = editsBetween(typed, words[n] as string, allowed)
          return begun ? prefix : all
        })
        expect(found.map(({ edits }) => edits)).toEqual(truly)
        expect(Math.max(0, ...truly)).toBeLessThanOrEqual(allowed)
        expect(Math.min(1, ...truly)).toBe(1)
      }
    }),
  )
  expect(createNearWords(() => '', 0).near('anything')).toEqual([])
})
