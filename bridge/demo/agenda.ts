import { createHeap } from './heap.ts'

/** Something a client or the server means to do at a time. */
export type Plan =
  | { readonly kind: 'close'; readonly order: number }
  | { readonly kind: 'expire'; readonly order: number }
  | { readonly kind: 'rescue'; readonly login: number }
  | { readonly kind: 'deposit' }
  | { readonly kind: 'withdraw' }
  | { readonly kind: 'act' }
  | { readonly kind: 'hedge' }
  | { readonly kind: 'gamble' }

/** Plans in order of time; those of the same time in order of entry. */
export type Agenda = {
  readonly add: (at: number, plan: Plan) => void
  /** The next plan that is due at `now`, taken out. */
  readonly due: (now: number) => Plan | undefined
}

export const createAgenda = (): Agenda => {
  const heap = createHeap<{ at: number; entry: number; plan: Plan }>((a, b) =>
    a.at === b.at ? a.entry < b.entry : a.at < b.at,
  )
  let entries = 0
  return {
    add: (at, plan) => heap.push({ at, entry: entries++, plan }),
    due: (now) => {
      const head = heap.peek()
      return head && head.at <= now ? heap.pop()?.plan : undefined
    },
  }
}
