import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { endOfPrefix, wordsOf } from './words.ts'

const texts = (text: string): string[] => wordsOf(text).map((word) => word.text)

describe('words of a text', () => {
  it.each([
    ['Ann-Marie O’Brien', ['ann', 'marie', 'o', 'brien']],
    ['ÉCOLE Überweg straße Łódź smørrebrød', ['ecole', 'uberweg', 'strasse', 'lodz', 'smorrebrod']],
    ['e\u0301cole', ['ecole']],
    ['Ёлкин Сергей Їжак', ['елкин', 'сергеи', 'іжак']],
    ['Γιώργος Παπαδόπουλος', ['γιωργοσ', 'παπαδοπουλοσ']],
    ['مُحَمَّد أحمد مـحمد', ['محمد', 'احمد', 'محمد']],
    ['שָׁלוֹם', ['שלום']],
    ['東京タワー tokyo', ['東京タワー', 'tokyo']],
    ['ﬁrst ｆｕｌｌ ２', ['first', 'full', '2']],
    ['smith1987@mail.ru', ['smith', '1987', 'mail', 'ru']],
    ['١٢٣ ۴۵', ['123', '45']],
    ['soft\u00adhyphen zero\u200bwidth', ['softhyphen', 'zerowidth']],
    ['कीर्ति', ['कीर्ति'.normalize('NFKD')]],
    ['İstanbul ISPARTA ısı', ['istanbul', 'isparta', 'isi']],
    ['😀 …', []],
  ])('%s', (text, words) => {
    expect(texts(text)).toEqual(words)
  })

  it('stand where they say, and fold to themselves', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (text) => {
        let before = 0
        for (const word of wordsOf(text)) {
          expect(word.start).toBeGreaterThanOrEqual(before)
          before = word.start
          expect(texts(text.slice(word.start, word.end))).toContain(word.text)
          expect(endOfPrefix(text, word, word.text.length)).toBeLessThanOrEqual(word.end)
          expect(texts(word.text)).toEqual([word.text])
        }
      }),
    )
  })

  it('are cut at 32 characters, alike in documents and in questions', () => {
    expect(texts('a'.repeat(50))).toEqual(['a'.repeat(32)])
  })
})
