import { describe, expect, it } from 'vitest'
import { NEVER } from '../../../shared/documents/fields.ts'
import { dueOf, endOfDay } from './due.ts'

const now = new Date(2026, 2, 28, 15, 30).getTime()

describe('when a task is due', () => {
  it('parts what is late, today’s, later and undated', () => {
    const end = endOfDay(now)
    expect(dueOf(now - 1, now, end)).toBe('overdue')
    expect(dueOf(now, now, end)).toBe('today')
    expect(dueOf(end - 1, now, end)).toBe('today')
    expect(dueOf(end, now, end)).toBe('later')
    expect(dueOf(NEVER, now, end)).toBe('undated')
    expect(dueOf(0, now, end)).toBe('undated')
  })

  it('ends the day at the desk’s midnight, also where clocks change', () => {
    for (const day of [27, 28, 29, 30]) {
      const end = new Date(endOfDay(new Date(2026, 2, day, 12).getTime()))
      expect([end.getDate(), end.getHours(), end.getMinutes()]).toEqual([day + 1, 0, 0])
    }
  })
})
