import { describe, expect, it } from 'vitest'
import type { Page } from '../../shared/api/pages.ts'
import { holdPage, pageState } from './held-page.ts'

type Row = { id: string; text: string }
const row = (id: string, text = id): Row => ({ id, text })
const whole = (...ids: string[]): Page<Row> => ({
  kind: 'page',
  total: ids.length,
  order: ids,
  rows: ids.map((id) => row(id)),
})
const ids = (rows: readonly Row[]): string => rows.map(({ id, text }) => (id === text ? id : text)).join(' ')

describe('the slice a window holds', () => {
  it('takes a whole page, then changes: new ones, gone ones, moved ones and different ones', () => {
    let held = holdPage<Row>(null, 'all', whole('a', 'b', 'c'))
    held = holdPage(held, 'all', { kind: 'changes', total: 4, order: ['n', 'c', 'a'], rows: [row('n')] })
    expect([ids(held.rows), held.total]).toEqual(['n c a', 4])
    held = holdPage(held, 'all', { kind: 'changes', total: 4, order: null, rows: [row('c', 'C')] })
    expect(ids(held.rows)).toBe('n C a')
  })

  it('is replaced by the whole page of another connection or slice', () => {
    const held = holdPage(holdPage<Row>(null, 'all', whole('a', 'b')), 'all', whole('c'))
    expect([ids(held.rows), held.total]).toEqual(['c', 1])
  })

  it('never shows rows of another list', () => {
    const held = holdPage<Row>(null, 'client 7', whole('a', 'b'))
    const other = holdPage(held, 'client 8', {
      kind: 'changes',
      total: 2,
      order: ['b', 'x'],
      rows: [row('x')],
    })
    expect(ids(other.rows)).toBe('x')
    expect(pageState('client 8', held, null)).toEqual({ rows: [], total: 0, loading: true, error: null })
  })
})

describe('what a panel shows of a list', () => {
  it('reads until something came or failed, and never where nothing is followed', () => {
    expect(pageState('all', null, null).loading).toBe(true)
    expect(pageState('all', null, { list: 'other', error: 'no' }).loading).toBe(true)
    expect(pageState('all', null, { list: 'all', error: 'no' })).toMatchObject({
      loading: false,
      error: 'no',
    })
    expect(pageState(null, null, null).loading).toBe(false)
  })

  it('keeps the last known rows beside what failed', () => {
    const held = holdPage<Row>(null, 'all', whole('a'))
    const state = pageState('all', held, { list: 'all', error: 'The disk is full.' })
    expect([ids(state.rows), state.total, state.error]).toEqual(['a', 1, 'The disk is full.'])
  })
})
