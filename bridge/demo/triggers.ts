import { type TriggerKind, triggerSide } from '../../main/book/formulas/lifecycle/triggers.ts'
import { Cmd, isMarketCmd } from '../../shared/mt4/enums.ts'
import { createHeap, type Heap } from './heap.ts'
import type { Position } from './world.ts'

export type Trigger = { readonly price: number; readonly position: Position; readonly kind: TriggerKind }

/**
 * Levels waiting in one symbol, by which price reaches them and from where (§2.5): so a tick looks at four heads
 * instead of at all positions. Levels that were changed or closed stay until they surface or the heap is swept.
 */
export type Triggers = {
  /** Puts the levels a position has now in line. */
  readonly watch: (position: Position) => void
  /** The next level that these prices reach, taken out; undefined when there is none. */
  readonly take: (bid: number, ask: number) => Trigger | undefined
}

/** Sweep when more levels were added since the last sweep than are there, and this many: a first filling needs none. */
const SWEEP_AFTER = 2_000

const levelOf = (position: Position, kind: TriggerKind): number => {
  const { row } = position
  return kind === 'sl' ? row.sl : kind === 'tp' ? row.tp : row.openPrice
}

/** Whether the level still stands. A pending's own SL and TP count only once it is a position. */
const stands = ({ position, kind, price }: Trigger): boolean =>
  position.live && position.row.cmd > Cmd.SELL === (kind === 'pending') && levelOf(position, kind) === price

export const createTriggers = (): Triggers => {
  const falling = (): Heap<Trigger> => createHeap((a, b) => a.price > b.price)
  const rising = (): Heap<Trigger> => createHeap((a, b) => a.price < b.price)
  const bidFalls = falling()
  const bidRises = rising()
  const askFalls = falling()
  const askRises = rising()
  const heaps = [bidFalls, bidRises, askFalls, askRises]
  let added = 0

  const put = (position: Position, kind: TriggerKind): void => {
    const price = levelOf(position, kind)
    const side = triggerSide(position.row.cmd, kind)
    if (price <= 0 || !side) return
    const [falls, rises] = side.price === 'bid' ? [bidFalls, bidRises] : [askFalls, askRises]
    const heap = side.when === 'falls' ? falls : rises
    heap.push({ price, position, kind })
    added++
  }

  const sweep = (): void => {
    const total = heaps.reduce((sum, heap) => sum + heap.size(), 0)
    if (added <= Math.max(SWEEP_AFTER, total)) return
    added = 0
    for (const heap of heaps) heap.filter(stands)
  }

  const watch = (position: Position): void => {
    if (isMarketCmd(position.row.cmd)) {
      put(position, 'sl')
      put(position, 'tp')
    } else put(position, 'pending')
    sweep()
  }

  const next = (heap: Heap<Trigger>, reached: (price: number) => boolean): Trigger | undefined => {
    for (let head = heap.peek(); head && reached(head.price); head = heap.peek()) {
      heap.pop()
      if (stands(head)) return head
    }
    return undefined
  }

  return {
    watch,
    take: (bid, ask) =>
      next(bidFalls, (price) => bid <= price) ??
      next(bidRises, (price) => bid >= price) ??
      next(askFalls, (price) => ask <= price) ??
      next(askRises, (price) => ask >= price),
  }
}
