import { Event, type Follow, PROTOCOL_VERSION } from '../../shared/bridge/protocol.ts'
import { RetCode } from '../../shared/mt4/ret-code.ts'
import { createFakeWorld, type Draft, type FakeWorld } from './fake-world.ts'
import type { ManualTime } from './manual-time.ts'
import type { SocketLike } from './socket.ts'

type Listener = (...args: unknown[]) => void
type Answer = (answer: unknown) => void
type Handler = (body: unknown, answer: Answer, wire: Wire) => void

/** One connection as the bridge sees it. */
export type Wire = {
  readonly open: () => boolean
  followId: number
  lastFrame: number
  acked: number
  /** Emits to the desk whatever it is given. */
  say: (event: string, payload: unknown) => void
  send: (draft: Draft) => void
  cut: () => void
  /** Delivers now, without latency. */
  inject: (event: string, ...args: unknown[]) => void
}

export type FakeBridge = {
  connect: (url: string) => SocketLike
  world: () => FakeWorld
  /** Another epoch, other numbers. */
  restart: (startAt: number) => void
  /** The newest connection. */
  wire: () => Wire
  connections: () => number
  /** Everything a desk has said: event and body. */
  heard: { event: string; body: unknown }[]
  /** Takes the place of the proper answer to an event; undefined gives it back. */
  on: (event: string, handler: Handler | undefined) => void
  /** Every answer passes through here on its way out. */
  tamper: (event: string, answer: unknown) => unknown
  /** Sends to the newest connection, if it follows. */
  send: (...drafts: Draft[]) => void
  /** Whether connections are taken. */
  reachable: boolean
}

/** Test support: a valid bridge in memory behind a socket that needs no network; every answer can be replaced. */
export const createFakeBridge = (time: ManualTime, latencyMs: number | null = 1): FakeBridge => {
  let world = createFakeWorld('epoch-0')
  let epochs = 0
  let follows = 0
  const wires: Wire[] = []
  const replaced = new Map<string, Handler>()
  const status = { direct: true, pumping: true, dealing: true, detail: '' }

  const later = (fn: () => void): void => {
    if (latencyMs === null) fn()
    else time.timers.setTimeout(fn, latencyMs)
  }

  const proper: Record<string, Handler> = {
    [Event.HELLO]: (_, answer) =>
      answer({
        ok: true,
        protocol: PROTOCOL_VERSION,
        bridge: 'fake',
        bridgeVersion: '1',
        epoch: world.epoch,
        utc: time.clock.now(),
        serverTimeOffset: 7200,
        capabilities: [],
        status,
      }),
    [Event.SIGN_IN]: (_, answer) => answer({ ok: true, manager: { login: 1, name: 'Ada', groups: '*' } }),
    [Event.FOLLOW]: (body, answer, wire) => {
      const { resume } = body as Follow
      const missed = resume && resume.epoch === world.epoch ? world.since(resume.seqs) : null
      wire.followId = ++follows
      wire.lastFrame = 0
      answer({
        ok: true,
        followId: wire.followId,
        mode: missed ? 'resume' : 'snapshot',
        epoch: world.epoch,
      })
      for (const draft of missed ?? world.snapshot()) wire.send(draft)
    },
    [Event.ACK]: (body, _, wire) => {
      wire.acked = (body as { n: number }).n
    },
    [Event.BEAT]: (body, answer, wire) =>
      answer({
        sent: (body as { sent: number }).sent,
        utc: time.clock.now(),
        serverTimeOffset: 7200,
        followId: wire.followId,
        lastFrame: wire.lastFrame,
      }),
    [Event.COMMAND]: (body, answer) =>
      answer({ requestId: (body as { requestId: string }).requestId, code: RetCode.OK, message: 'done' }),
  }

  const heard: FakeBridge['heard'] = []

  const bridge: FakeBridge = {
    connect: () => {
      const listeners = new Map<string, Listener>()
      let open = false
      const deliver = (event: string, ...args: unknown[]): void => {
        later(() => {
          if (open) listeners.get(event)?.(...args)
        })
      }
      const wire: Wire = {
        open: () => open,
        followId: 0,
        lastFrame: 0,
        acked: 0,
        say: (event, payload) => deliver(event, payload),
        send: (draft) => deliver(Event.FRAME, draft(++wire.lastFrame, wire.followId)),
        inject: (event, ...args) => {
          if (open) listeners.get(event)?.(...args)
        },
        cut: () => {
          if (!open) return
          open = false
          listeners.get('disconnect')?.('transport close')
        },
      }
      wires.push(wire)
      const socket: SocketLike = {
        on: (event, listener) => listeners.set(event, listener),
        emit: (event, body, ack) => {
          heard.push({ event, body })
          const handler = replaced.get(event) ?? proper[event]
          const answer: Answer = (value) =>
            later(() => {
              if (open && typeof ack === 'function') ack(bridge.tamper(event, value))
            })
          later(() => {
            if (open) handler?.(body, answer, wire)
          })
        },
        close: () => {
          open = false
          listeners.clear()
        },
      }
      time.timers.setTimeout(() => {
        open = bridge.reachable
        listeners.get(open ? 'connect' : 'connect_error')?.(new Error('refused'))
      }, latencyMs ?? 0)
      return socket
    },
    world: () => world,
    restart: (startAt) => {
      world = createFakeWorld(`epoch-${++epochs}`, startAt)
      wires.at(-1)?.cut()
    },
    wire: () => {
      const wire = wires.at(-1)
      if (!wire) throw new Error('nobody has connected yet')
      return wire
    },
    connections: () => wires.length,
    heard,
    on: (event, handler) => {
      if (handler) replaced.set(event, handler)
      else replaced.delete(event)
    },
    tamper: (_, answer) => answer,
    send: (...drafts) => {
      const wire = wires.at(-1)
      if (wire?.open() && wire.followId > 0) for (const draft of drafts) wire.send(draft)
    },
    reachable: true,
  }
  return bridge
}
