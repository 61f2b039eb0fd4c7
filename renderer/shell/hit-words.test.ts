import { describe, expect, it } from 'vitest'
import type { DocumentHit } from '../../shared/api/search.ts'
import { hitPieces, hitTitle, missingWords } from './hit-words.ts'

const hit = (part: Partial<DocumentHit>): DocumentHit => ({
  kind: 'note',
  id: 'n1',
  subject: 'login-7',
  login: 7,
  name: 'Anna Novák',
  at: 1,
  matches: [],
  ...part,
})
const match = (text: string, ...ranges: [number, number][]) => ({ field: 'text', text, ranges })

describe('words of a found document', () => {
  it('say what it is and whom it is about', () => {
    expect(hitTitle(hit({}))).toBe('Note · Anna Novák · 7')
    expect(hitTitle(hit({ kind: 'lead', login: 0 }))).toBe('Lead · Anna Novák · no account yet')
    expect(hitTitle(hit({ name: '' }))).toBe('Note · 7')
  })

  it('mark what was found and keep the text whole', () => {
    expect(hitPieces(hit({ matches: [match('asks for swap-free', [9, 13])] }))).toEqual([
      { text: 'asks for ', found: false },
      { text: 'swap', found: true },
      { text: '-free', found: false },
    ])
    const odd = hitPieces(hit({ matches: [match('abc', [1, 9], [2, 2], [0, 1], [0, 3])] }))
    expect(odd.map(({ text }) => text).join('')).toBe('abc')
    expect(hitPieces(hit({}))).toEqual([])
  })

  it('say when more may come', () => {
    const answer = { hits: [], complete: false, progress: { indexed: 50, total: 200 } }
    expect(missingWords(answer)).toMatch(/50 of 200, 25\s%/)
    expect(missingWords({ ...answer, progress: { indexed: 200, total: 200 } })).toMatch(/another word/)
    expect(missingWords({ ...answer, complete: true })).toBe('')
  })
})
