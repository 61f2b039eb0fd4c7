import { describe, expect, it } from 'vitest'
import { findDocuments } from './find-documents.ts'
import { createSearchIndex } from './search-index.ts'
import type { SearchField } from './types.ts'

const person = (name: string, more: Partial<Record<SearchField['kind'], string>> = {}): SearchField[] =>
  Object.entries({ name, ...more }).map(([kind, text]) => ({
    field: kind,
    kind: kind as SearchField['kind'],
    text,
  }))

const PEOPLE: readonly SearchField[][] = [
  person('Ann Example', { login: '1001', phone: '+44 20 7946 0958', email: 'ann.example@mail.test' }),
  person('Anna Petrova', { login: '10010', phone: '8 (916) 123-45-67', tag: 'vip' }),
  person('Сергей Иванов', { login: '2002', email: 'ivanov@mail.test' }),
  person('Hannah Ann Smith', { text: 'asked about gold, account 1001' }),
  person('Jean-François Müller', { text: 'wrote to ann.example@mail.test' }),
  person('Παπαδόπουλος Γιώργος', { text: 'prefers evenings' }),
  person('محمد أحمد', { tag: 'islamic' }),
  person('東京太郎', { text: '口座を開設したい' }),
  person('Goldsmith Ltd', { email: 'ann@goldsmith.test' }),
]
const index = createSearchIndex({ capacity: PEOPLE.length })
PEOPLE.forEach((fields, row) => index.add(row, fields))
index.commit()
const find = (text: string, limit = 20) =>
  findDocuments(
    {
      index,
      load: (row) => ({ kind: 'client', id: String(row), fields: PEOPLE[row] as SearchField[] }),
      elapsed: () => 0,
    },
    text,
    limit,
  ).hits
const ids = (text: string): number[] => find(text).map(({ id }) => Number(id))
const marked = (text: string): string[] =>
  (find(text)[0]?.matches ?? []).map(({ field, text: shown, ranges }) => {
    let out = ''
    let at = 0
    for (const [from, to] of ranges) {
      out += `${shown.slice(at, from)}[${shown.slice(from, to)}]`
      at = to
    }
    return `${field}: ${out}${shown.slice(at)}`
  })

describe('finding documents', () => {
  it.each([
    ['an exact login before one that begins so, before a note that names it', '1001', [0, 1, 3]],
    [
      'a whole name before the beginning of one, each newest first, then other fields',
      'ann',
      [3, 0, 1, 8, 4],
    ],
    ['every word typed', 'ann gold', [8, 3]],
    ['a name without its accents', 'francois muller', [4]],
    ['a name typed with accents that it does not have', 'Ánn Éxample', [0, 4]],
    ['a Cyrillic name in Latin letters', 'sergei ivanov', [2]],
    ['a Latin name in Cyrillic letters', 'петрова', [1]],
    ['a Cyrillic name', 'иван', [2]],
    ['a Greek name without its accents', 'γιωργοσ', [5]],
    ['an Arabic name without its hamza', 'احمد', [6]],
    ['a part of a Japanese name, and of a text', '京太', [7]],
    ['one sign of a text without spaces', '設', [7]],
    ['a swapped pair', 'goldsmiht', [8]],
    ['two mistakes in a long word', 'παπαδοπλς', [5]],
    ['a missing letter', 'petrva', [1]],
    ['a tag', 'vip', [1]],
    ['a domain', 'goldsmith.test', [8]],
    ['a whole address before a text that names it', 'ann.example@mail.test', [0, 4]],
    ['a phone in another grouping', '+44 (20) 79460958', [0]],
    ['a phone without its country code', '020 7946 0958', [0]],
    ['a national number by its international form', '+7 916 123 45 67', [1]],
    ['the last digits', '0958', [0]],
    ['a name and a part of the phone', 'anna 916 123', [1]],
    ['nothing for signs alone', '… !', []],
    ['nothing for numbers that are nearly right', '1002', []],
  ])('%s', (_, text, expected) => {
    expect(ids(text)).toEqual(expected)
  })

  it.each([
    ['fran mul', ['name: Jean-[Fran]çois [Mül]ler']],
    ['sergei', ['name: [Сергей] Иванов']],
    ['7946', ['phone: +44 20 [7946] 0958']],
    ['207946', ['phone: +44 [20 7946] 0958']],
    ['anna vip', ['name: [Anna] Petrova', 'tag: [vip]']],
    ['京太', ['name: 東[京太]郎']],
    ['goldsmiht', ['name: [Goldsmith] Ltd']],
  ])('marks what was found by %s', (text, expected) => {
    expect(marked(text)).toEqual(expected)
  })

  it('shows the part of a long text where the word stands', () => {
    const long = createSearchIndex({ capacity: 1 })
    const fields: SearchField[] = [
      { field: 'text', kind: 'text', text: `${'before '.repeat(100)}needle${' after'.repeat(100)}` },
    ]
    long.add(0, fields)
    const [hit] = findDocuments(
      { index: long, load: () => ({ kind: 'note', id: '0', fields }), elapsed: () => 0 },
      'needle',
      1,
    ).hits
    const match = hit?.matches[0]
    expect(match?.text.length).toBeLessThanOrEqual(160)
    expect(match?.ranges.map(([from, to]) => match.text.slice(from, to))).toEqual(['needle'])
  })

  it('answers with what it has when the time is up, but never with less than a page', () => {
    const many = createSearchIndex({ capacity: 200 })
    for (let row = 0; row < 200; row++) many.add(row, person('Ann Example'))
    many.commit()
    let now = 0
    const { hits, cut } = findDocuments(
      {
        index: many,
        load: (row) => {
          now += 30
          return { kind: 'client', id: String(row), fields: person('Ann Example') }
        },
        elapsed: () => now,
      },
      'ann',
      150,
    )
    expect(cut).toBe(true)
    expect(hits.length).toBe(64)
    many.close()
  })
})
