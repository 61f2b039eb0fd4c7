import fc from 'fast-check'
import { expect, it } from 'vitest'
import { createSearchIndex } from './search-index.ts'
import type { SearchField } from './types.ts'

const text = (words: readonly string[]): SearchField[] => [
  { field: 'text', kind: 'text', text: words.join(' ') },
]

it('answers with bitmaps as it does with lists', () => {
  const word = fc.constantFrom(
    'gold',
    'golden',
    'goldsmith',
    'goldfish',
    'silver',
    'silvery',
    'a',
    'b',
    'copper',
  )
  const documents = fc.array(fc.uniqueArray(word, { minLength: 1, maxLength: 4 }), {
    minLength: 1,
    maxLength: 60,
  })
  const group = fc.record({
    alternatives: fc.array(
      fc.array(
        fc.constantFrom(
          'sgold',
          'sgolden',
          'sg',
          'tgoldsmith',
          'tgoldfish',
          'ssilver',
          'sa',
          'scopper',
          'snone',
        ),
        {
          minLength: 1,
          maxLength: 1,
        },
      ),
      { minLength: 1, maxLength: 4 },
    ),
  })
  fc.assert(
    fc.property(
      documents,
      fc.array(group, { minLength: 1, maxLength: 4 }),
      fc.nat(20),
      (all, groups, from) => {
        const [lists, mixed, bits] = [
          { listFrom: 1_000 },
          { listFrom: 1 + from, denseFrom: 4 + from * 2 },
          { listFrom: 1, denseFrom: 2 },
        ].map((limits) => {
          const index = createSearchIndex({ capacity: 10, ...limits })
          all.forEach((words, row) => {
            index.add(row, text(words))
            if (row % 7 === 0) index.commit()
            if (row % 5 === 4) index.remove(row - 2)
          })
          index.commit()
          const rows = Array.from(index.rows(groups))
          index.close()
          return rows
        })
        expect(mixed).toEqual(lists)
        expect(bits).toEqual(lists)
        const holds = (words: readonly string[], term: string): boolean =>
          words.some((each) =>
            term.startsWith('t') ? each === term.slice(1) : each.startsWith(term.slice(1)),
          )
        const expected = all.flatMap((words, row) =>
          (row % 5 === 2 && row + 2 < all.length) ||
          !groups.every(({ alternatives }) =>
            alternatives.some((terms) => terms.every((term) => holds(words, term))),
          )
            ? []
            : [row],
        )
        expect(lists).toEqual(expected.toReversed())
      },
    ),
  )
})

it('moves terms of many documents into lists and bitmaps', () => {
  const index = createSearchIndex({ capacity: 100, listFrom: 5, denseFrom: 15 })
  for (let row = 0; row < 40; row++)
    index.add(row, text([row % 2 ? 'odd' : 'even', `w${String.fromCharCode(97 + (row % 26))}`]))
  expect(index.stats().bitmaps).toBeGreaterThan(4)
  expect([...index.rows([{ alternatives: [['sodd']] }, { alternatives: [['seven']] }])]).toEqual([])
  index.close()
})
