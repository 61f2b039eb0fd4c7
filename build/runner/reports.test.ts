import { describe, expect, it } from 'vitest'
import { fromPlaywright, fromVitest } from './reports.ts'
import { check, skippedPart, sum, summaryLine } from './result.ts'

const vitest = { success: true, numPassedTests: 5, numFailedTests: 0, numPendingTests: 1, numTodoTests: 1 }
const playwright = { stats: { expected: 3, unexpected: 0, flaky: 0, skipped: 2 }, errors: [] }

describe('fromVitest', () => {
  it('counts tests', () => {
    expect(fromVitest({ code: 0, output: '', report: vitest })).toMatchObject({
      passed: 5,
      failed: 0,
      skipped: 2,
    })
    const bad = { ...vitest, success: false, numFailedTests: 2 }
    expect(fromVitest({ code: 1, output: '', report: bad }).failed).toBe(2)
  })

  it.each([
    ['a file did not load', { code: 1, output: '', report: { ...vitest, success: false } }],
    ['the runner crashed after its report', { code: 134, output: '', report: vitest }],
    ['there is no report', { code: 0, output: '', report: null }],
  ])('fails when %s', (_, outcome) => {
    expect(fromVitest(outcome).failed).toBe(1)
  })
})

describe('fromPlaywright', () => {
  it('counts tests and names flaky ones', () => {
    const report = { ...playwright, stats: { ...playwright.stats, flaky: 1 } }
    expect(fromPlaywright({ code: 0, output: '', report })).toMatchObject({
      passed: 4,
      failed: 0,
      skipped: 2,
      notes: ['1 passed only when repeated'],
    })
  })

  it('fails on an error outside of tests', () => {
    const report = { ...playwright, errors: [{ message: 'no browser' }] }
    expect(fromPlaywright({ code: 1, output: '', report })).toMatchObject({ failed: 1, output: 'no browser' })
    expect(fromPlaywright({ code: 1, output: '', report: undefined }).failed).toBe(1)
  })
})

describe('sum', () => {
  it('adds up and keeps the output of failures only', () => {
    const all = sum([check(true, 'fine'), check(false, 'bad'), skippedPart('no browser here')])
    expect(summaryLine(all)).toBe('1 passed, 1 failed, 1 skipped')
    expect(all.output).toBe('bad')
    expect(all.notes).toEqual(['no browser here'])
  })
})
