import { OTHER, packTerms, SHIFT, STRIDE } from '../formulas/packed-margin.ts'
import type { Cells } from '../world/cells.ts'
import type { World } from '../world/world.ts'
import { marginTerms } from './margin-terms.ts'

/** Added to where a symbol's terms begin, a multiple of `STRIDE`. */
const SELL = 1
export const BOTH = 2

/** Lines worked out together: few enough for the cache to keep them. */
const LINES = 512

/**
 * What margins are worked out on. A *line* is all that one account holds in one symbol. The arrays are written over
 * again and again: a snapshot is valued in some dozen steps, and fresh memory for each is dear.
 */
export type MarginSheet = {
  /** By symbol: terms, `STRIDE` numbers each. */
  readonly terms: Float64Array
  /** By cell: where its symbol's terms begin, plus `SELL` for sells; below 0: the symbol is not known. */
  readonly legOf: Int32Array
  /** By symbol: the last line of it. */
  readonly lineOf: Int32Array
  /**
   * By line: sums, `STRIDE` numbers each, from `OTHER` on of the side that came second; account; where the symbol's
   * terms begin, plus `SELL` where sells came first, plus `BOTH` where both sides did.
   */
  readonly sums: Float64Array
  readonly owner: Int32Array
  readonly legsOf: Int32Array
  /** What `terms` and `legOf` were made from, and of how many cells. */
  readonly cells: Cells
  readonly symbolWrites: number
  known: number
}

const createSheet = (world: World): MarginSheet => {
  const { symbols, cells } = world
  const high = symbols.high()
  const lines = high + LINES
  const terms = new Float64Array(high * STRIDE)
  const { marginDivider } = symbols.columns
  for (let s = 0; s < high; s++)
    packTerms(marginTerms(world, s), marginDivider[s] as number, terms, s * STRIDE)
  return {
    terms,
    // Cells become more while positions come in.
    legOf: new Int32Array(cells.symbol.length * 2 + 64),
    lineOf: new Int32Array(high),
    sums: new Float64Array(lines * STRIDE),
    owner: new Int32Array(lines),
    legsOf: new Int32Array(lines),
    cells,
    symbolWrites: symbols.writes(),
    known: 0,
  }
}

const sheets = new WeakMap<World, MarginSheet>()

/** The world's sheet, brought to its symbols and cells of this moment. */
export const sheetOf = (world: World): MarginSheet => {
  const { symbols, cells } = world
  let sheet = sheets.get(world)
  if (
    !sheet ||
    sheet.cells !== cells ||
    sheet.symbolWrites !== symbols.writes() ||
    sheet.legOf.length < cells.symbol.length
  ) {
    sheet = createSheet(world)
    sheets.set(world, sheet)
  }
  for (let c = sheet.known; c < cells.symbol.length; c++) {
    const symbol = cells.symbol[c] as number
    sheet.legOf[c] = symbol < 0 ? -1 : symbol * STRIDE + (cells.sell[c] === true ? SELL : 0)
  }
  sheet.known = cells.symbol.length
  return sheet
}

/** How far `addUp` came: accounts, lines, and positions of unknown symbols. Written over by each call. */
export type Progress = { next: number; lines: number; unknown: number }

/**
 * Adds up the positions of these accounts, from `progress.next` to `n`−1 or until the sheet is full; an account's lines
 * stand in the order of its positions, which is that of adding its margins. Without a call in the loop V8 reads the
 * arrays' addresses once.
 */
export const addUp = (
  world: World,
  { legOf, lineOf, sums, owner, legsOf }: MarginSheet,
  accounts: Int32Array,
  n: number,
  progress: Progress,
): void => {
  const { start, count, cell, lots, open, rate } = world.ledger.columns
  const full = owner.length - lineOf.length
  lineOf.fill(-1)
  let lines = 0
  let unknown = 0
  let i = progress.next
  for (; i < n && lines < full; i++) {
    const account = accounts[i] as number
    const first = start[account] as number
    const last = first + (count[account] as number)
    const ownFrom = lines
    for (let p = first; p < last; p++) {
      const leg = legOf[cell[p] as number] as number
      if (leg < 0) {
        unknown++
        continue
      }
      const size = lots[p] as number
      const symbol = leg >> SHIFT
      const line = lineOf[symbol] as number
      if (line < ownFrom) {
        lineOf[symbol] = lines
        owner[lines] = account
        legsOf[lines] = leg
        const at = lines << SHIFT
        sums[at] = size
        sums[at + 1] = size * (open[p] as number)
        sums[at + 2] = size * (rate[p] as number)
        lines++
        continue
      }
      const legs = legsOf[line] as number
      const isOther = ((legs ^ leg) & SELL) !== 0
      const at = (line << SHIFT) + (isOther ? OTHER : 0)
      if (isOther && (legs & BOTH) === 0) {
        legsOf[line] = legs | BOTH
        sums[at] = 0
        sums[at + 1] = 0
        sums[at + 2] = 0
      }
      sums[at] = (sums[at] as number) + size
      sums[at + 1] = (sums[at + 1] as number) + size * (open[p] as number)
      sums[at + 2] = (sums[at + 2] as number) + size * (rate[p] as number)
    }
  }
  progress.next = i
  progress.lines = lines
  progress.unknown = unknown
}
