import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { MONEY_COMMENT_LENGTH, moneyTag, taggedComment } from './money-tag.ts'

describe('the mark of a money operation', () => {
  it('stands behind every comment and fits the 31 characters of MT4', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 60 }), fc.uuid(), (comment, key) => {
        const tagged = taggedComment(comment, key)
        expect(tagged.isWellFormed()).toBe(true)
        expect(tagged.length).toBeLessThanOrEqual(31)
        expect(tagged.endsWith(moneyTag(key))).toBe(true)
        expect(taggedComment(comment, key)).toBe(tagged)
      }),
    )
    const longest = 'x'.repeat(MONEY_COMMENT_LENGTH)
    expect(taggedComment(longest, 'k')).toBe(`${longest} ${moneyTag('k')}`)
    expect(taggedComment('', 'k')).toBe(moneyTag('k'))
  })

  it('differs from key to key, numbered ones too', () => {
    const keys = Array.from({ length: 20_000 }, (_, i) => `pay-00000000-0000-4000-8000-${i}`)
    const tags = new Set([...keys, ...keys.map((key) => `${key}~2`)].map(moneyTag))
    expect(tags.size).toBe(40_000)
    for (const tag of tags) expect(tag).toMatch(/^#[0-9A-Z]{8}$/)
  })
})
