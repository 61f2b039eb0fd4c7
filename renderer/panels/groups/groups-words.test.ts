import { describe, expect, it } from 'vitest'
import { drillWords, keyWords } from './groups-words.ts'

describe('words of groups', () => {
  it('name the row that was gone into', () => {
    expect(drillWords({ country: 'Austria' })).toBe('country Austria')
    expect(drillWords({})).toBe('')
  })

  it('do not leave a row without a name', () => {
    expect(keyWords('')).toBe('—')
    expect(drillWords({ manager: '' })).toBe('manager —')
  })
})
