import type { Quotes } from '../../formulas/conversion.ts'
import { createKernel } from '../../kernel/kernel.ts'
import { CELL_STRIDE } from '../../ledger/cell-layout.ts'
import { layOut, type Sizes } from '../../ledger/memory.ts'
import { even, runKernel } from '../../ledger/run-kernel.ts'
import { rateToBase } from '../../value/rates.ts'
import { evaluateCell } from '../../world/cells.ts'
import type { World } from '../../world/world.ts'

/** A copy of the ledger that can be valued at other prices: the book itself notices nothing. */
export type Scratch = {
  /** Values every position and account at these quotes; `levels` and `floating` then say what came out. */
  readonly value: (quotes: Quotes) => void
  /** Margin state and open result (units) by account slot, as last valued. */
  readonly levels: Uint8Array
  readonly floating: Float64Array
  /** Cell values (stride `CELL_STRIDE`), as last valued. */
  readonly cells: Float64Array
  /** Results (units) added up by cell, as last valued. */
  readonly sumCells: () => Float64Array
}

const copied = ['cell', 'lots', 'open'] as const
const copiedByAccount = ['start', 'count', 'costs', 'callAt', 'stopAt'] as const

/** Rates of the deposit currencies to base currency on other quotes. */
export const ratesOn = (world: World, base: string, quotes: Quotes): Float64Array =>
  Float64Array.from(world.currencies, (currency) =>
    rateToBase({ pairs: world.pairs, quotes }, currency, base),
  )

export const createScratch = (world: World, base: string): Scratch => {
  const live = world.ledger.columns
  const sizes: Sizes = {
    places: even(world.ledger.high()) + 2,
    accounts: world.users.high() + 1,
    cells: world.cells.symbol.length,
  }
  const { memory, at, columns } = layOut(sizes)
  const high = world.ledger.high()
  const accounts = Math.min(world.users.high(), live.start.length)
  for (const name of copied) columns[name].set(live[name].subarray(0, high))
  for (const name of copiedByAccount) columns[name].set(live[name].subarray(0, accounts))
  columns.cells.set(live.cells.subarray(0, sizes.cells * CELL_STRIDE))
  const kernel = createKernel(memory)
  return {
    levels: columns.level,
    floating: columns.floating,
    cells: columns.cells,
    value: (quotes) => {
      const market = { quotes, ratesToBase: ratesOn(world, base, quotes) }
      for (let cell = 0; cell < sizes.cells; cell++) evaluateCell(world, market, columns.cells, cell)
      runKernel(kernel, at, high, accounts)
    },
    sumCells: () => {
      columns.sums.fill(0)
      kernel.sumCells(even(high), at.cell, at.results, at.sums)
      return Float64Array.from(
        { length: sizes.cells },
        (_, c) => (columns.sums[c * 2] as number) + (columns.sums[c * 2 + 1] as number),
      )
    },
  }
}
