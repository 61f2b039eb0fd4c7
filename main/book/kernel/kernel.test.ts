import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { priceProfit } from '../formulas/profit.ts'
import { CELL_STRIDE, Cell } from '../ledger/cell-layout.ts'
import { createLedger } from '../ledger/ledger.ts'

const anyPrice = fc.oneof(
  fc.double({ min: 1e-5, max: 1e6, noNaN: true }),
  fc.double({ noNaN: true }).map(Math.abs),
  fc.constant(Number.NaN),
)
const anyPosition = fc.record({
  open: fc.oneof(fc.double({ min: 0, max: 1e6, noNaN: true }), fc.double({ min: 0, noNaN: true })),
  volume: fc.oneof(fc.integer({ min: 0, max: 100_000 }), fc.integer({ min: 0, max: 0x7fffffff })),
  close: anyPrice,
  unit: fc.oneof(fc.double({ min: 0, max: 1e7, noNaN: true }), fc.constant(Number.NaN)),
  digits: fc.constantFrom(0, 2),
  mode: fc.constantFrom(0, 1, 2),
  sell: fc.boolean(),
})

describe('the kernel', () => {
  it('values every position as the formula does, bit for bit, and 0 where the formula has no figure', () => {
    fc.assert(
      fc.property(fc.array(anyPosition, { minLength: 1, maxLength: 20 }), (positions) => {
        const places: number[] = []
        const ledger = createLedger((trade, place) => {
          places[trade] = place
        })
        ledger.ensureAccounts(1)
        ledger.ensureCells(positions.length + 1)
        for (const [i, p] of positions.entries()) {
          const at = (i + 1) * CELL_STRIDE
          const { cells } = ledger.columns
          cells[at + Cell.PRICE] = p.close > 0 ? p.close : Number.NaN
          cells[at + Cell.UNIT] = p.unit
          cells[at + Cell.SCALE] = 10 ** p.digits
          cells[at + Cell.SIGN] = p.sell ? -1 : 1
          new Uint32Array(cells.buffer, cells.byteOffset + (at + Cell.APART) * 8, 2).fill(
            p.mode === 0 ? 0xffffffff : 0,
          )
          places[i] = ledger.add(0, i, i + 1, p.volume / 100, p.open, 0, 1)
        }
        ledger.value()
        let sum = 0
        for (const [i, p] of positions.entries()) {
          const value = p.unit * (p.volume / 100)
          const expected = priceProfit(p.mode, p.sell, p.open, p.close, value, p.digits)
          const units = ledger.columns.results[places[i] as number] as number
          expect(units / 10 ** p.digits + 0).toBe(Number.isFinite(expected) ? expected : 0)
          sum += units
        }
        expect((ledger.columns.floating[0] as number) + 0).toBe(sum + 0)
        const byCell = ledger.sumCells()
        for (const [i] of positions.entries())
          expect((byCell[i + 1] as number) + 0).toBe(
            (ledger.columns.results[places[i] as number] as number) + 0,
          )
      }),
      { numRuns: 2000 },
    )
  })
})
