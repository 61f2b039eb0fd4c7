import fc from 'fast-check'
import { expect, it } from 'vitest'
import { createDeck, ENTRY, eachRun, nextEntry } from './deck.ts'

it('a deck gives back what was dealt, bin by bin and in order, however much it was', () => {
  const bins = 5
  fc.assert(
    fc.property(
      fc.array(fc.nat(bins - 1), { maxLength: 5000 }),
      fc.constantFrom(0, 1, 100, 100_000),
      (dealt, expected) => {
        const deck = createDeck(bins, expected)
        dealt.forEach((bin, i) => {
          const at = nextEntry(deck, bin)
          for (let k = 0; k < ENTRY; k++) (deck.memory[bin] as Float64Array)[at + k] = i * ENTRY + k
        })
        const found: number[] = []
        eachRun(deck, (entries, from, to) => found.push(...entries.subarray(from, to)))
        const byBin = Array.from({ length: bins }, (_, bin) =>
          dealt.flatMap((b, i) => (b === bin ? [i] : [])),
        )
        expect(found).toEqual(
          byBin.flat().flatMap((i) => Array.from({ length: ENTRY }, (_, k) => i * ENTRY + k)),
        )
      },
    ),
    { numRuns: 50 },
  )
})
