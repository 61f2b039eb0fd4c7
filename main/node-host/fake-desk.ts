import { implement } from '@orpc/server'
import { contract } from '../../shared/api/contract.ts'
import type { DeskStatus } from '../../shared/api/models.ts'
import type { ApiContext } from '../api/context.ts'
import type { FrameChannel } from '../api/view-hub.ts'
import type { Desk } from '../desk.ts'

const counters = {
  frames: 12,
  bytes: 3400,
  ticks: 56,
  changes: 7,
  refused: 1,
  gaps: 0,
  resyncs: 0,
  snapshots: 1,
  resumes: 0,
  reconnects: 2,
  hashMismatches: 0,
}

export const fakeStatus: DeskStatus = {
  link: {
    phase: 'live',
    detail: 'Live.',
    progress: 1,
    rowsReceived: 10,
    rowsExpected: 10,
    bridge: 'Test 1.0',
    url: 'ws://127.0.0.1:1',
    epoch: 'e',
    serverTimeOffset: 7200,
    clockOffset: 3,
    roundTripMs: 2,
    lagMs: 40,
    lastHeard: 1_000_000,
    liveSince: 900_000,
    nextAttempt: 0,
    attempts: 1,
    counters,
    lastRefusal: null,
  },
  book: {
    accounts: 3000,
    positions: 6000,
    pendings: 5,
    symbols: 30,
    groups: 40,
    valuedAt: 1_000_000,
    passMs: 1.5,
    memoryBytes: 1024,
    source: 'bridge',
    asOf: 1_000_000,
    kept: { asOf: 0, detail: '' },
  },
  store: { ok: true, detail: 'ok' },
  utc: 1_000_000,
}

/** A desk with a router of two procedures, for tests of the hosts' transports. */
export const createFakeDesk = () => {
  const channels: FrameChannel[] = []
  const received: Uint8Array[] = []
  const users: string[] = []
  let open = 0
  let closed = false
  const os = implement(contract).$context<ApiContext>()
  const router = {
    session: {
      get: os.session.get.handler(({ context }) => ({
        role: context.window.role(),
        user: context.window.user,
        version: '0',
        host: 'node' as const,
        demo: true,
        base: 'USD',
      })),
    },
    desk: {
      watch: os.desk.watch.handler(async function* () {
        yield fakeStatus
      }),
    },
  }
  const desk: Desk = {
    // The transports carry any router; the tests call only what is here.
    router: router as unknown as Desk['router'],
    openWindow: (frames, user, origin) => {
      open += 1
      channels.push(frames)
      users.push(user)
      frames.onFrame((bytes) => received.push(Uint8Array.from(bytes)))
      const window: ApiContext['window'] = {
        user,
        origin,
        role: () => null,
        setRole: () => {},
        openView: () => 1,
        changeView: () => true,
        closeView: () => true,
      }
      return {
        context: { window },
        close: () => {
          open -= 1
        },
      }
    },
    status: () => fakeStatus,
    wake: () => {},
    close: () => {
      closed = true
      return Promise.resolve()
    },
  }
  return { desk, channels, received, users, open: () => open, closed: () => closed }
}
