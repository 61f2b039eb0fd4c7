import { randomBytes } from 'node:crypto'
import { setTimeout as wait } from 'node:timers/promises'
import type { ViewKind } from '../../shared/api/views.ts'
import { type SoakWindow, specOf } from './desk.ts'
import { type RemoteBridge, startBridge } from './remote-bridge.ts'

type LiveView = Awaited<ReturnType<SoakWindow['view']>>

/** What the soak does to a desk. */
export type Stage = {
  readonly bridge: () => RemoteBridge
  readonly restartBridge: () => Promise<void>
  readonly window: SoakWindow
  readonly views: ReadonlyMap<ViewKind, LiveView>
  /** Opens a second window with views of its own, or closes it. */
  readonly toggleWindow: () => Promise<void>
}

export type Trouble = readonly [name: string, make: (stage: Stage) => Promise<void>]

/** The four views a dealer has open, and the orders he changes between. */
export const watched: readonly (readonly [ViewKind, string])[] = [
  ['accounts', 'floatingBase'],
  ['positions', 'totalBase'],
  ['exposure', 'netBase'],
  ['quotes', 'symbol'],
]

const lookElsewhere = async ({ views }: Stage): Promise<void> => {
  const other: Partial<Record<ViewKind, string>> = {
    accounts: 'dayPlBase',
    positions: 'openTime',
    exposure: 'symbol',
  }
  for (const [kind] of watched) {
    const sort = { column: other[kind] ?? 'spread', descending: false }
    await views.get(kind)?.change(specOf(kind, { sort, from: 20, hold: kind === 'positions' }))
  }
  await wait(3000)
  for (const [kind, column] of watched)
    await views.get(kind)?.change(specOf(kind, { sort: { column, descending: true } }))
}

const faultsFor = async (
  { bridge }: Stage,
  ms: number,
  plan: Parameters<RemoteBridge['tell']>[0] & { do: 'faults' },
): Promise<void> => {
  bridge().tell(plan)
  await wait(ms)
  bridge().tell({ do: 'faults', plan: {} })
}

/** After these the desk goes on where it was: what it has added up stays. */
export const soft: readonly Trouble[] = [
  ['reconnect', async ({ window }) => window.api.desk.reconnect()],
  ['cut', async ({ bridge }) => bridge().tell({ do: 'cut' })],
  ['window', async ({ toggleWindow }) => toggleWindow()],
  ['disorder', (stage) => faultsFor(stage, 5000, { do: 'faults', plan: { duplicate: 0.05, reorder: 0.05 } })],
  ['elsewhere', lookElsewhere],
  ['mute', (stage) => faultsFor(stage, 8000, { do: 'faults', plan: { mute: true } })],
  ['loss', (stage) => faultsFor(stage, 5000, { do: 'faults', plan: { drop: 0.02, delay: 40 } })],
  [
    'answers',
    (stage) => faultsFor(stage, 5000, { do: 'faults', plan: { answers: { drop: 0.2, corrupt: 0.2 } } }),
  ],
]

const kill: Trouble = ['kill', async ({ restartBridge }) => restartBridge()]

/** After these the desk needs a fresh snapshot, of another world where the bridge was killed. */
export const hard: readonly Trouble[] = [
  ['damage', (stage) => faultsFor(stage, 5000, { do: 'faults', plan: { corrupt: 0.02, truncate: 0.02 } })],
  kill,
  ['resync', async ({ window }) => window.api.desk.resync()],
  kill,
  ['epoch', async ({ bridge }) => bridge().tell({ do: 'epoch' })],
  kill,
]

/** A bridge that can be killed and comes back at the same address, later on the same day. */
export const createBridgeStand = async (
  world: Omit<Parameters<typeof startBridge>[0], 'port' | 'token'>,
): Promise<{ token: string; port: number; now: () => RemoteBridge; restart: () => Promise<void> }> => {
  const token = randomBytes(24).toString('base64url')
  let bridge = await startBridge({ ...world, token, port: 0 })
  const { port } = bridge
  return {
    token,
    port,
    now: () => bridge,
    restart: async () => {
      await bridge.kill()
      await wait(2000)
      bridge = await startBridge({ ...world, token, port })
    },
  }
}
