/**
 * The three loops that run over the whole book in every pass, in AssemblyScript (compiled by `npm run kernel`, see
 * kernel-code.ts). Arguments are addresses of columns in the ledger's memory. Figures are whole smallest units of
 * the deposit currency: each leg is rounded as MetaTrader rounds it, so the sums are exact and know no order.
 */

/** MetaTrader's rounding: half away from zero, with a bias that absorbs binary noise (shared/money/rounding.ts). */
const HALF: f64 = 0.5000001
/** Bytes of a cell: price, unit value, scale, sign, mask of separately rounded legs, and three more. */
const CELL: usize = 64

// @ts-ignore: decorator
@inline
function units(x: v128): v128 {
  return f64x2.trunc(f64x2.add(x, v128.or(v128.and(x, f64x2.splat(-0.0)), f64x2.splat(HALF))))
}

// @ts-ignore: decorator
@inline
function pair(a: usize, b: usize, offset: usize): v128 {
  return v128.load64_lane(b + offset, v128.load64_zero(a + offset), 1)
}

/** Price result of `n` (even) positions. What is no finite number becomes 0; the cell says that it is blank. */
export function valuePositions(
  n: u32,
  cell: usize,
  lots: usize,
  open: usize,
  results: usize,
  cells: usize,
): void {
  for (let i: usize = 0; i < <usize>n; i += 2) {
    const a: usize = cells + <usize>load<u32>(cell + (i << 2)) * CELL
    const b: usize = cells + <usize>load<u32>(cell + (i << 2), 4) * CELL
    const price = pair(a, b, 0)
    const scale = pair(a, b, 16)
    const apart = pair(a, b, 32)
    const from = v128.load(open + (i << 3))
    const value = f64x2.mul(pair(a, b, 8), v128.load(lots + (i << 3)))
    const to = v128.bitselect(price, f64x2.sub(price, from), apart)
    const close = units(f64x2.mul(f64x2.mul(to, value), scale))
    const start = units(f64x2.mul(f64x2.mul(v128.and(from, apart), value), scale))
    const result = f64x2.mul(f64x2.sub(close, start), pair(a, b, 24))
    const finite = f64x2.eq(f64x2.sub(result, result), f64x2.splat(0))
    v128.store(results + (i << 3), v128.and(result, finite))
  }
}

/**
 * Open result and margin state of `n` accounts: a sum over each one's places, met with two limits. `counts`: how many
 * are at or beyond their margin call, and of these beyond their stop-out.
 */
export function valueAccounts(
  n: u32,
  start: usize,
  count: usize,
  results: usize,
  costs: usize,
  callAt: usize,
  stopAt: usize,
  floating: usize,
  level: usize,
  counts: usize,
): void {
  let calls: u32 = 0
  let stops: u32 = 0
  for (let a: usize = 0; a < <usize>n; a++) {
    let at: usize = results + (<usize>load<u32>(start + (a << 2)) << 3)
    const end: usize = at + (<usize>load<u32>(count + (a << 2)) << 3)
    let sum: f64 = load<f64>(costs + (a << 3))
    for (; at < end; at += 8) sum += load<f64>(at)
    store<f64>(floating + (a << 3), sum)
    const call = <u8>(sum <= load<f64>(callAt + (a << 3)))
    const stop = <u8>(sum < load<f64>(stopAt + (a << 3)))
    store<u8>(level + a, call + stop)
    calls += call
    stops += stop
  }
  store<u32>(counts, calls)
  store<u32>(counts, stops, 4)
}

/** Results of `n` (even) positions by cell: two sums a cell, of even and odd places, so that they do not wait for each other. */
export function sumCells(n: u32, cell: usize, results: usize, sums: usize): void {
  for (let i: usize = 0; i < <usize>n; i += 2) {
    const a: usize = sums + (<usize>load<u32>(cell + (i << 2)) << 4)
    const b: usize = sums + (<usize>load<u32>(cell + (i << 2), 4) << 4)
    store<f64>(a, load<f64>(a) + load<f64>(results + (i << 3)))
    store<f64>(b, load<f64>(b, 8) + load<f64>(results + (i << 3), 8), 8)
  }
}
