import { Event } from '../../shared/bridge/protocol.ts'
import type { FrameSink } from '../../shared/runtime/frame-sink.ts'
import type { Clock, Log, Random, Timers } from '../../shared/runtime/ports.ts'
import { createAcks } from './acks.ts'
import { addBeat, noEstimate } from './clock-filter.ts'
import { createCommands } from './commands.ts'
import { askToFollow, listen, sayHello, sendBeat, signIn } from './conversation.ts'
import { detailOf } from './detail.ts'
import { createDriver } from './driver.ts'
import type { Effect } from './events.ts'
import { createFlow } from './flow.ts'
import { takeFrame } from './frame-door.ts'
import { createMeters, type Ignored } from './meters.ts'
import { defaultSettings, type LinkSettings } from './settings.ts'
import { connectSocket, type SocketLike } from './socket.ts'
import { statusOf } from './status.ts'
import { createStatusBoard } from './status-board.ts'
import type { Link, LinkCredentials } from './types.ts'

export type LinkOptions = {
  url: string
  credentials: LinkCredentials
  sink: FrameSink
  clock: Clock
  timers: Timers
  random: Random
  /** Names each connection in the log. */
  newId: () => string
  log: Log
  client: { name: string; version: string }
  connect?: (url: string) => SocketLike
  settings?: Partial<LinkSettings>
}

export type LinkWithMeters = Link & {
  /** Frames that were not taken because they were of an older follow or had been seen. */
  ignored: () => Readonly<Ignored>
}

/** The live connection to a bridge: machine and sockets brought together. Nothing that a bridge sends makes it throw. */
export const createLink = (options: LinkOptions): LinkWithMeters => {
  const { url, credentials, sink, clock, timers, random, newId, log, client } = options
  const connect = options.connect ?? connectSocket
  const settings: LinkSettings = { ...defaultSettings, ...options.settings }
  const meters = createMeters(clock, log)
  const { refuse } = meters
  let socket: SocketLike | undefined
  let estimate = noEstimate
  const facts = { bridge: '', serverTimeOffset: 0, lagMs: 0 }

  const acks = createAcks({
    timers,
    ackMs: settings.ackMs,
    window: settings.window,
    send: (followId, n) => socket?.emit(Event.ACK, { followId, n }),
  })
  const flow = createFlow(sink, acks, settings.window)
  const commands = createCommands({
    clock,
    timers,
    ackMs: settings.commandAckMs,
    totalMs: settings.commandMs,
    refuse,
  })

  const openSocket = (): void => {
    const { connection } = driver.state()
    const id = newId()
    log.info({ url, connection: id }, 'connecting to the bridge')
    const fresh = connect(url)
    socket = fresh
    const tell = driver.forConnection(connection)
    listen(fresh, refuse, tell)
    fresh.on(Event.FRAME, (payload) => {
      const { connection: current, follow: scope, epoch } = driver.state()
      if (connection === current) driver.forFollow(scope)(takeFrame(payload, flow, meters, epoch))
    })
  }

  const dropSocket = (): void => {
    const old = socket
    socket = undefined
    commands.detach()
    old?.close()
  }

  const follow = (to: SocketLike): void => {
    const { epoch, follow: scope } = driver.state()
    const resume = flow.resume(epoch)
    const request = { ...(resume ? { resume } : {}), window: settings.window }
    const isCurrent = (): boolean => driver.state().follow === scope
    askToFollow(
      to,
      request,
      refuse,
      (followId, resumed, followEpoch) => {
        if (isCurrent()) flow.open(scope, followId, resumed, followEpoch)
      },
      driver.forFollow(scope),
    )
  }

  const beat = (to: SocketLike): void => {
    const tell = driver.forConnection(driver.state().connection)
    const acked = acks.sent()
    const followAt = driver.state().follow
    sendBeat(to, clock.now(), refuse, ({ sent, utc, serverTimeOffset, followId, lastFrame }) => {
      estimate = addBeat(estimate, { sent, received: clock.now(), utc })
      facts.serverTimeOffset = serverTimeOffset
      tell({
        type: 'beat',
        mine: followId === flow.followId() && followAt === driver.state().follow,
        lastFrame,
        seen: flow.seen(),
        full: (lastFrame - acked) * 2 >= settings.window.frames,
        settled: flow.settled(),
      })
    })
  }

  const hello = (to: SocketLike): void => {
    const sent = clock.now()
    const greeted = ({
      bridge,
      utc,
      serverTimeOffset,
    }: {
      bridge: string
      utc: number
      serverTimeOffset: number
    }) => {
      facts.bridge = bridge
      facts.serverTimeOffset = serverTimeOffset
      estimate = addBeat(noEstimate, { sent, received: clock.now(), utc })
    }
    sayHello(to, client, refuse, greeted, driver.forConnection(driver.state().connection))
  }

  const perform = (effect: Effect): void => {
    if (effect.do === 'open') openSocket()
    else if (effect.do === 'drop') dropSocket()
    else if (effect.do === 'unfollow') flow.shut(effect.sound)
    else if (effect.do === 'new-epoch') commands.newEpoch(effect.epoch)
    else if (effect.do === 'count') meters.count(effect.what)
    else if (socket) {
      if (effect.do === 'hello') hello(socket)
      else if (effect.do === 'sign-in')
        signIn(socket, credentials, refuse, driver.forConnection(driver.state().connection))
      else if (effect.do === 'follow') follow(socket)
      else if (effect.do === 'beat') beat(socket)
      else commands.attach(socket, driver.state().epoch)
    }
  }

  const status = () =>
    statusOf({ state: driver.state(), url, now: clock.now(), rows: flow.rows(), estimate, facts, meters })

  const driver = createDriver({
    clock,
    timers,
    random,
    log,
    settings,
    perform,
    changed: (phase) => board.changed(phase),
  })
  const board = createStatusBoard(status, { clock, timers, log, everyMs: settings.statusMs })

  /** Age of a tick now, by the bridge's clock, whole ms. */
  const lagOf = (serverLocalMs: number): number =>
    Math.max(0, Math.round(clock.now() + estimate.offset - (serverLocalMs - facts.serverTimeOffset * 1000)))

  sink.onApplied((report) => {
    const { n, settled, newest } = flow.applied(report)
    if (newest > 0) facts.lagMs = lagOf(newest)
    driver.tell({ type: 'applied', n, settled })
  })
  sink.onRefused((report) => {
    refuse(report.fault, report.detail)
    if (flow.concerns(report)) driver.tell({ type: 'unsound', reason: 'The book refused a frame' })
  })
  sink.onMismatch((streams) => {
    if (!flow.mismatchConcerns()) return
    meters.count('hashMismatches')
    refuse('MISMATCH', `the hashes of ${streams.join(', ')} differ`)
    driver.tell({ type: 'unsound', reason: 'The book differs from the bridge' })
  })

  return {
    start: (held) => {
      if (held) flow.hold(held)
      // A bridge that has greeted knows better.
      if (held && facts.bridge === '') facts.serverTimeOffset = held.serverTimeOffset
      driver.tell({ type: 'start', held: held !== undefined })
    },
    status,
    onStatus: board.on,
    reconnect: () => driver.tell({ type: 'reconnect' }),
    resync: () => driver.tell({ type: 'resync' }),
    wake: () => driver.tell({ type: 'wake' }),
    command: (command) =>
      commands.send(command, detailOf(driver.state(), { url, now: clock.now(), rows: flow.rows() })),
    ignored: () => ({ ...meters.ignored }),
    close: () => {
      driver.tell({ type: 'close' })
      driver.close()
      commands.close()
      acks.close()
      board.close()
      return Promise.resolve()
    },
  }
}
