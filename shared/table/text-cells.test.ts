import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { blockOf, compactBlock, textsOf } from '../wire/text-columns.ts'
import { createTextCells } from './text-cells.ts'

describe('createTextCells', () => {
  const text = fc.oneof(fc.constantFrom('', 'Zoë 😀', 'x'.repeat(300)), fc.string({ unit: 'grapheme' }))
  const step = fc.oneof(
    fc.record({ block: fc.array(text, { maxLength: 10 }), short: fc.nat(3), gap: fc.nat(2) }),
    fc.record({ same: text, n: fc.nat(6) }),
    fc.record({ slot: fc.nat(40), text }),
  )

  it('has what an array has', () => {
    fc.assert(
      fc.property(fc.array(step, { maxLength: 25 }), (steps) => {
        const cells = createTextCells()
        const model: string[] = []
        for (const s of steps) {
          if ('slot' in s) {
            cells.set(s.slot, s.text)
            while (model.length < s.slot) model.push('')
            model[s.slot] = s.text
          } else if ('same' in s) {
            cells.addBlock(model.length, s.n, { text: s.same, ends: null })
            for (let i = 0; i < s.n; i++) model.push(s.same)
          } else {
            // Slots may be left out between blocks, and of a block only the first rows be taken.
            for (let i = 0; i < s.gap; i++) model.push('')
            const taken = s.block.slice(0, Math.max(0, s.block.length - s.short))
            cells.addBlock(model.length, taken.length, blockOf(s.block))
            model.push(...taken)
          }
          for (let slot = 0; slot < model.length + 3; slot++) {
            expect(cells.at(slot)).toBe(model[slot] ?? '')
            expect(cells.lengthAt(slot)).toBe((model[slot] ?? '').length)
          }
        }
      }),
    )
  })

  it('gives the texts of any slots as one block', () => {
    const blocks = fc.array(
      fc.oneof(
        fc.array(text, { maxLength: 6 }),
        text.map((t) => [t, t, t]),
      ),
      { maxLength: 6 },
    )
    fc.assert(
      fc.property(
        blocks,
        fc.array(fc.nat(30), { maxLength: 3 }),
        fc.nat(30),
        fc.nat(12),
        (given, changed, from, n) => {
          const cells = createTextCells()
          let base = 0
          for (const texts of given) {
            cells.addBlock(base, texts.length, compactBlock(blockOf(texts)))
            base += texts.length
          }
          for (const slot of changed) cells.set(slot, `changed ${slot}`)
          const run = Int32Array.from({ length: n }, (_, i) => from + i)
          const holes = Int32Array.from({ length: n }, (_, i) => from + 2 * i)
          // Its ends are those of a run.
          const mixed = Int32Array.from(run, (slot, i) =>
            i === 0 || i === n - 1 ? slot : (run.at(-1 - i) as number),
          )
          for (const slots of [run, holes, mixed, run.toReversed()])
            expect(textsOf(cells.take(slots), n)).toEqual(Array.from(slots, (slot) => cells.at(slot)))
        },
      ),
      { numRuns: 400 },
    )
  })

  it('takes little more than the letters', () => {
    const cells = createTextCells()
    const texts = Array.from({ length: 1000 }, (_, i) => `client.${i}@example.org`)
    cells.addBlock(0, texts.length, blockOf(texts))
    const letters = texts.join('').length
    // Writing what is there already takes nothing.
    texts.forEach((text, slot) => cells.set(slot, text))
    expect(cells.bytes()).toBeLessThan(letters + 4 * 1000 + 100)
  })
})
