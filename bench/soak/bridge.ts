import { createBridge } from '../../bridge/create-bridge.ts'
import { createDemoSource, type DemoOptions } from '../../bridge/demo/demo-source.ts'
import type { FaultPlan } from '../../bridge/faults/types.ts'

/**
 * The soak's bridge, a process of its own: the demo broker under a clock that runs `pace` times as fast as the wall's,
 * with its faults at hand. Starts with what stands in its first argument, tells its port, then does what it is told.
 */

export type SoakWorld = {
  readonly port: number
  readonly token: string
  /** UTC ms at which the fast clock and the wall's agree: a bridge started later goes on in the same day. */
  readonly since: number
  readonly pace: number
  readonly demo: DemoOptions
}

export type ToBridge =
  | { readonly do: 'faults'; readonly plan: FaultPlan }
  | { readonly do: 'cut' }
  /** The same world under a new epoch. */
  | { readonly do: 'epoch' }
  /** The clock stops: no more ticks, no more trades. */
  | { readonly do: 'stand' }
  | { readonly do: 'hashes' }

const { port, token, since, pace, demo } = JSON.parse(process.argv[2] ?? '') as SoakWorld
let stoodAt = 0
const fast = { now: () => since + ((stoodAt || Date.now()) - since) * pace }
const bridge = await createBridge({
  source: createDemoSource({ ...demo, clock: fast }),
  port,
  credentials: [],
  tokens: [token],
})

const obey = (order: ToBridge): void => {
  switch (order.do) {
    case 'faults':
      return bridge.faults.set(order.plan)
    case 'cut':
      return void bridge.faults.disconnect('all')
    case 'epoch':
      return bridge.faults.restart()
    case 'stand':
      stoodAt ||= Date.now()
      return
    default:
      process.send?.({ hashes: bridge.hashes() })
  }
}

process.on('message', (order) => obey(order as ToBridge))
process.on('disconnect', () => process.exit())
process.send?.({ port: bridge.port })
