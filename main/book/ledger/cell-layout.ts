/** Numbers a cell, side by side so that a position finds all it needs in one place of memory. */
export const CELL_STRIDE = 8

/**
 * Places in a cell. `UNIT`: money value of one price unit and lot; `SIGN`: +1 buy, −1 sell; `APART`: all bits set where
 * the legs are rounded apart (Forex), else 0; `TO_BASE`: rate of the deposit currency. The first five are the kernel's.
 */
export const Cell = { PRICE: 0, UNIT: 1, SCALE: 2, SIGN: 3, APART: 4, TO_BASE: 5 } as const
