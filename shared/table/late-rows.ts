import type { LatePacked } from '../wire/columns.ts'
import type { TableSchema } from '../wire/schema.ts'
import { blockAt } from './blocks.ts'

/**
 * Rows that came in great blocks and stay as they came until they are asked for, or until there is time to write them into
 * the columns of their table: most of a snapshot's cells nobody needs for the first picture, and the memory they are
 * written to is dear while it is fresh.
 */
export type LateRows = {
  /** The rows from slot `base` on, all behind those that wait already, are written later. */
  readonly later: (base: number, rows: Waiting) => void
  readonly waiting: () => boolean
  /** Writes the rows of slots `from` … `to`−1, and those that came with them. */
  readonly settle: (from: number, to: number) => void
  /** A cell of a row that waits; undefined when it does not. */
  readonly cell: (name: string, slot: number) => number | string | undefined
  /** Writes one column of all that wait. */
  readonly settleColumn: (name: string) => void
  /** Writes about so many rows; answers how many it need not have written. */
  readonly catchUp: (rows: number) => number
  /** How many wait. */
  readonly rows: () => number
  /** Of the frames that are held. */
  readonly bytes: () => number
}

/** Rows as they came. `done`: hears when nothing of them is wanted any more. */
export type Waiting = LatePacked<TableSchema> & { readonly done?: () => void }

type Block = { readonly base: number; readonly rows: Waiting; readonly written: Set<string> }

/** @param write writes one column of some rows from slot `base` on */
export const createLateRows = (
  names: readonly string[],
  write: (name: string, base: number, rows: Waiting) => void,
): LateRows => {
  /** In the order of their slots. */
  const blocks: Block[] = []

  const writeColumn = ({ base, rows, written }: Block, name: string): void => {
    if (written.has(name)) return
    written.add(name)
    write(name, base, rows)
  }
  const writeBlock = (block: Block): void => {
    for (const name of names) writeColumn(block, name)
    block.rows.done?.()
  }

  return {
    later: (base, rows) => {
      blocks.push({ base, rows, written: new Set() })
    },
    waiting: () => blocks.length > 0,
    settle: (from, to) => {
      for (let i = blocks.length - 1; i >= 0; i--) {
        const block = blocks[i] as Block
        if (block.base >= to || from >= block.base + block.rows.rows) continue
        blocks.splice(i, 1)
        writeBlock(block)
      }
    },
    cell: (name, slot) => {
      const block = blockAt(blocks, slot)
      return block && slot < block.base + block.rows.rows
        ? block.rows.cell(name, slot - block.base)
        : undefined
    },
    settleColumn: (name) => {
      for (const block of blocks) writeColumn(block, name)
    },
    catchUp: (rows) => {
      let left = rows
      while (left > 0) {
        const block = blocks.shift()
        if (!block) break
        writeBlock(block)
        left -= block.rows.rows
      }
      return Math.max(0, left)
    },
    rows: () => blocks.reduce((sum, { rows }) => sum + rows.rows, 0),
    bytes: () => blocks.reduce((sum, { rows }) => sum + rows.bytes, 0),
  }
}
