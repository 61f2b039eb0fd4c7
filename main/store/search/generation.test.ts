import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { afterAll, describe, expect, it } from 'vitest'
import { createGeneration, type Generation } from './generation.ts'
import {
  completeGeneration,
  createDocumentFile,
  FOREVER,
  type PlainDocument,
  plainSource,
  plainTexts,
} from './search-fixture.ts'
import type { Source } from './source.ts'
import { SHORTEST_MEANT, wordsOf } from './words.ts'

const folder = mkdtempSync(join(tmpdir(), 'deskline-search-'))
afterAll(() => rmSync(folder, { recursive: true }))
let files = 0
const COLLECTIONS = ['people', 'notes'] as const

const withFile = <T>(
  run: (file: ReturnType<typeof createDocumentFile>, open: () => Generation, source: Source) => T,
): T => {
  files += 1
  const path = join(folder, `${files}.sqlite`)
  const file = createDocumentFile(path, COLLECTIONS)
  const source = plainSource(path, COLLECTIONS)
  const opened: Generation[] = []
  try {
    return run(
      file,
      () => {
        const generation = completeGeneration(source, COLLECTIONS)
        opened.push(generation)
        return generation
      },
      source,
    )
  } finally {
    for (const generation of opened) generation.close()
    source.close()
    file.close()
  }
}

const ids = (generation: Generation, text: string, limit = 1_000): string[] =>
  generation.find(text, limit, null).hits.map(({ id }) => id)

const word = fc.oneof(
  fc.stringMatching(/^[a-z]{1,12}$/),
  fc.stringMatching(/^[а-яё]{1,10}$/),
  fc.stringMatching(/^[A-ZÀ-ÖØ-Þ][à-öø-ÿ]{0,9}$/),
  fc.stringMatching(/^[α-ωάέή]{1,9}$/),
  fc.stringMatching(/^[\u0621-\u063a\u0641-\u064a]{1,8}$/),
  fc.stringMatching(/^[一-三东方明]{1,4}$/),
  fc.constantFrom('anna', 'anne', 'annabelle', 'hannah', 'joanna', 'smith', 'smyth', 'smithson', 'annika'),
)
const sentence = fc.array(word, { minLength: 1, maxLength: 8 }).map((words) => words.join(' '))
const digits = (min: number, max: number) =>
  fc.array(fc.nat(9), { minLength: min, maxLength: max }).map((all) => all.join(''))
const document: fc.Arbitrary<PlainDocument> = fc.record(
  {
    name: fc.array(word, { minLength: 1, maxLength: 3 }).map((words) => words.join(' ')),
    login: digits(3, 9),
    phone: digits(7, 12).map((number) => `+${number}`),
    email: fc.tuple(word, word).map(([a, b]) => `${a}@${b}.com`),
    tag: word,
    text: sentence,
  },
  { requiredKeys: ['text'] },
)
const documents = fc.array(document, { minLength: 1, maxLength: 25 })

/** One edit of a word, chosen by three numbers. */
const edited = (text: string, how: number, where: number, letter: string): string => {
  const at = where % text.length
  if (how === 0) return text.slice(0, at) + text.slice(at + 1)
  if (how === 1) return text.slice(0, at) + letter + text.slice(at)
  if (how === 2) return text.slice(0, at) + letter + text.slice(at + 1)
  const next = Math.min(at, text.length - 2)
  return text.slice(0, next) + text[next + 1] + text[next] + text.slice(next + 2)
}

describe('a generation', () => {
  it('finds every document by any beginning of any of its words, and highlights it', () => {
    fc.assert(
      fc.property(documents, fc.nat(), (all, seed) =>
        withFile((file, open) => {
          all.forEach((each, i) => file.put('people', `p${i}`, each))
          const generation = open()
          all.forEach((each, i) => {
            for (const [kind, text] of Object.entries(each)) {
              if (kind === 'phone') continue
              for (const { text: whole } of wordsOf(text)) {
                const typed = whole.slice(0, 1 + (seed % whole.length))
                const hit = generation.find(typed, 1_000, null).hits.find(({ id }) => id === `p${i}`)
                expect(hit, `${typed} in ${JSON.stringify(each)}`).toBeDefined()
                const [match] = hit?.matches ?? []
                expect(match?.ranges.length).toBeGreaterThan(0)
                for (const [from, to] of match?.ranges ?? []) expect(to).toBeGreaterThan(from)
              }
            }
          })
        }),
      ),
      { numRuns: 40 },
    )
  })

  it('finds every document by a word of four letters or more with one edit in it', () => {
    fc.assert(
      fc.property(
        documents,
        fc.array(fc.tuple(fc.nat(3), fc.nat(40), fc.constantFrom('a', 'b', 'n', 'z', 'а', 'я', 'ω')), {
          minLength: 5,
          maxLength: 5,
        }),
        (all, edits) =>
          withFile((file, open) => {
            all.forEach((each, i) => file.put('people', `p${i}`, each))
            const generation = open()
            all.forEach((each, i) => {
              const words = wordsOf(`${each.name ?? ''} ${each.text ?? ''}`)
              words.forEach(({ text, kind }, n) => {
                if (kind !== 'word' || text.length < SHORTEST_MEANT) return
                const [how, where, letter] = edits[n % edits.length] as [number, number, string]
                const typed = edited(text, how, where, letter)
                // An edit can make another word of another script or split it; then it is no typo any more.
                if (wordsOf(typed).length !== 1) return
                expect(ids(generation, typed), `${typed} for ${text}`).toContain(`p${i}`)
              })
            })
          }),
      ),
      { numRuns: 40 },
    )
  })

  it('answers the same whether documents were there at the start or came later, were changed or deleted', () => {
    const step = fc.record({
      collection: fc.constantFrom(...COLLECTIONS),
      id: fc.nat(7).map((n) => `d${n}`),
      document: fc.option(document, { freq: 3 }),
    })
    fc.assert(
      fc.property(
        fc.array(step, { maxLength: 20 }),
        fc.array(step, { minLength: 1, maxLength: 20 }),
        fc.array(word, { minLength: 1, maxLength: 5 }),
        (before, after, questions) =>
          withFile((file, open) => {
            const write = ({ collection, id, document: content }: (typeof before)[number]): void =>
              content === null ? file.remove(collection, id) : file.put(collection, id, content)
            before.forEach(write)
            const followed = open()
            for (const each of after) {
              write(each)
              followed.follow(FOREVER)
            }
            const fresh = open()
            const asked = [...questions, ...questions.map((each) => each.slice(0, 2)), '1', '12', '+4']
            for (const { document: content } of [...before, ...after])
              asked.push(...Object.values(content ?? {}))
            const answer = (generation: Generation, text: string) =>
              generation
                .find(text, 1_000, null)
                .hits.map(({ kind, id, rank, matches }) => JSON.stringify({ kind, id, rank, matches }))
                .toSorted()
            for (const text of asked) expect(answer(followed, text)).toEqual(answer(fresh, text))
            expect(followed.rows().living).toBe(fresh.rows().living)
          }),
      ),
      { numRuns: 40 },
    )
  })

  it('never finds a document that was deleted, or by what was taken out of it', () => {
    withFile((file, open) => {
      file.put('people', 'a', { name: 'Ann Example', text: 'prefers mornings' })
      file.put('people', 'b', { name: 'Ann Other' })
      const generation = open()
      expect(ids(generation, 'ann')).toEqual(['b', 'a'])
      file.put('people', 'a', { name: 'Ann Example', text: 'prefers evenings' })
      file.remove('people', 'b')
      // Not followed yet: what it was is gone from the file, so it is not shown.
      expect(ids(generation, 'ann')).toEqual([])
      generation.follow(FOREVER)
      expect(ids(generation, 'ann')).toEqual(['a'])
      expect(ids(generation, 'mornings')).toEqual([])
      expect(ids(generation, 'evenings')).toEqual(['a'])
    })
  })

  it('has the newest documents first while it is being built, and says how far it is', () => {
    withFile((file, open) => {
      for (let i = 0; i < 5_000; i++)
        file.put(i % 2 ? 'people' : 'notes', `d${i}`, { text: `word number${i}` })
      expect(
        open()
          .find('word', 3, null)
          .hits.map(({ id }) => id),
      ).toEqual(['d4999', 'd4998', 'd4997'])
    })
  })

  it('does not put in what was deleted while it was being built', () => {
    withFile((file, _, source) => {
      for (let i = 0; i < 100; i++) file.put('people', `p${i}`, { text: 'word' })
      let now = 0
      const generation = createGeneration(source, COLLECTIONS, plainTexts, () => now++)
      while (generation.progress().indexed < 40) generation.build(now + 3)
      for (let i = 0; i < 100; i++) file.remove('people', `p${i}`)
      generation.follow(FOREVER)
      while (generation.build(FOREVER)) generation.follow(FOREVER)
      expect(generation.rows().living).toBe(0)
      generation.close()
    })
  })

  it('leaves out kinds that were not asked for', () => {
    withFile((file, open) => {
      file.put('people', 'p', { text: 'refund' })
      file.put('notes', 'n', { text: 'refund' })
      const generation = open()
      expect(generation.find('refund', 9, ['notes']).hits.map(({ id }) => id)).toEqual(['n'])
      expect(generation.find('refund', 9, ['other']).hits).toEqual([])
    })
  })
})
