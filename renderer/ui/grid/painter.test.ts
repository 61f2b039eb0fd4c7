import { beforeEach, describe, expect, it, vi } from 'vitest'
import type { ViewMeta } from '../../../shared/api/views.ts'
import type { LiveColumn } from './live-column.ts'
import { createPainter, FLASH_MS } from './painter.ts'
import { createRowBook } from './row-book.ts'
import { totalCount } from './totals.ts'

type Row = readonly [currency: string, net: number]

/** As much of an element as the painter touches; counts what is written. */
const elementStub = (writes: string[]) => {
  const classes = new Set<string>()
  return {
    dataset: {} as Record<string, string>,
    classList: {
      add: (name: string) => classes.add(name),
      remove: (name: string) => classes.delete(name),
      contains: (name: string) => classes.has(name),
    },
    append: (node: { write?: (fn: (text: string) => void) => void }) =>
      node.write?.((text) => writes.push(text)),
  }
}

const textStub = () => {
  let data = ''
  let told: (text: string) => void = () => {}
  return {
    write: (fn: (text: string) => void) => {
      told = fn
    },
    get data() {
      return data
    },
    set data(text: string) {
      data = text
      told(text)
    },
  }
}

const timers = {
  setTimeout: (fn: () => void, ms: number): unknown => setTimeout(fn, ms),
  clearTimeout: (handle: unknown): void => clearTimeout(handle as ReturnType<typeof setTimeout>),
}

const slab = (from: number, rows: readonly Row[]) => ({
  meta: { kind: 'currencies', matched: 9, all: 9, from, totals: { net: rows.length } } as unknown as ViewMeta,
  data: {
    rows: rows.length,
    columns: {
      currency: rows.map(([currency]) => currency),
      clients: new Float64Array(rows.length),
      coverage: new Float64Array(rows.length),
      net: Float64Array.from(rows, ([, net]) => net),
      netBase: new Float64Array(rows.length),
    },
  },
})

const net: LiveColumn<'currencies'> = {
  id: 'net',
  header: 'Net',
  width: 80,
  flash: true,
  text: (row) => String(row.net),
  tone: (row) => (row.net < 0 ? 'loss' : 'gain'),
  total: totalCount('net'),
}

const setUp = (budget = 10) => {
  const writes: string[] = []
  vi.stubGlobal('document', { createElement: () => elementStub(writes), createTextNode: textStub })
  const rows = createRowBook('currencies', 'currency')
  const painter = createPainter({ rows, timers, flashBudget: () => budget })
  const show = (from: number, ...list: Row[]): void => {
    rows.put(slab(from, list))
    painter.paint()
  }
  return { painter, show, writes }
}

const lit = (cell: { element: HTMLElement }): string =>
  ['lg-up', 'lg-down'].filter((name) => cell.element.classList.contains(name)).join()

describe('createPainter', () => {
  beforeEach(() => {
    vi.useFakeTimers()
    return () => {
      vi.useRealTimers()
      vi.unstubAllGlobals()
    }
  })

  it('waits until the row’s frame comes, then writes it without a flash', () => {
    const { painter, show } = setUp()
    const cell = painter.add(net, 0)
    expect(cell.element.classList.contains('lg-waiting')).toBe(true)
    show(0, ['EUR', -5])
    expect(cell.node.data).toBe('-5')
    expect(cell.element.dataset['tone']).toBe('loss')
    expect(cell.element.classList.contains('lg-waiting')).toBe(false)
    expect(lit(cell)).toBe('')
  })

  it('writes only what differs', () => {
    const { painter, show, writes } = setUp()
    painter.add(net, 0)
    painter.add(net, 1)
    show(0, ['EUR', 5], ['USD', 7])
    writes.length = 0
    show(0, ['EUR', 5], ['USD', 8])
    expect(writes).toEqual(['8'])
  })

  it('flashes a moved figure for 300 ms, by its direction', () => {
    const { painter, show } = setUp()
    const cell = painter.add(net, 0)
    show(0, ['EUR', 5])
    show(0, ['EUR', 6])
    expect(lit(cell)).toBe('lg-up')
    vi.advanceTimersByTime(FLASH_MS)
    expect(lit(cell)).toBe('')
    show(0, ['EUR', 4])
    expect(lit(cell)).toBe('lg-down')
  })

  it('does not flash when another row came to the place, and puts out the flash of the one that left', () => {
    const { painter, show } = setUp()
    const cell = painter.add(net, 0)
    show(0, ['EUR', 5])
    show(0, ['EUR', 6])
    show(0, ['USD', 9])
    expect(cell.node.data).toBe('9')
    expect(lit(cell)).toBe('')
  })

  it('keeps to the budget over several frames', () => {
    const { painter, show } = setUp(1)
    const cells = [0, 1].map((place) => painter.add(net, place))
    show(0, ['EUR', 1], ['USD', 1])
    show(0, ['EUR', 2], ['USD', 1])
    show(0, ['EUR', 2], ['USD', 2])
    expect(cells.map(lit)).toEqual(['lg-up', ''])
    vi.advanceTimersByTime(FLASH_MS)
    show(0, ['EUR', 2], ['USD', 3])
    expect(cells.map(lit)).toEqual(['', 'lg-up'])
  })

  it('keeps to the budget, and flashes nothing where motion is unwelcome', () => {
    for (const budget of [0, 1]) {
      const { painter, show } = setUp(budget)
      const cells = [painter.add(net, 0), painter.add(net, 1)]
      show(0, ['EUR', 5], ['USD', 5])
      show(0, ['EUR', 6], ['USD', 50])
      expect(cells.map(lit)).toEqual(budget === 0 ? ['', ''] : ['', 'lg-up'])
    }
  })

  it('blanks a place whose row is no longer in the slice', () => {
    const { painter, show } = setUp()
    const cell = painter.add(net, 0)
    show(0, ['EUR', 5])
    show(40, ['EUR', 5])
    expect(cell.node.data).toBe('')
    expect(cell.element.classList.contains('lg-waiting')).toBe(true)
    show(0, ['EUR', 5])
    expect(cell.node.data).toBe('5')
  })

  it('writes the totals row from the head of the frame', () => {
    const { painter, show } = setUp()
    const cell = painter.add(net, null)
    show(0, ['EUR', 5], ['USD', 5])
    expect(cell.node.data).toBe('2')
  })

  it('leaves cells that went off screen alone', () => {
    const { painter, show } = setUp()
    const cell = painter.add(net, 0)
    show(0, ['EUR', 5])
    painter.remove(cell)
    show(0, ['EUR', 6])
    expect(cell.node.data).toBe('5')
  })
})
