import type { Server as HttpServer } from 'node:http'
import { Server, type Socket } from 'socket.io'
import pkg from '../../package.json' with { type: 'json' }
import { type Bye, Event } from '../../shared/bridge/protocol.ts'
import { RetCode } from '../../shared/mt4/ret-code.ts'
import type { Clock, Log, Timers } from '../../shared/runtime/ports.ts'
import { createFaultDoor } from '../faults/door.ts'
import type { FaultControl } from '../faults/faults.ts'
import type { Commands } from './commands.ts'
import type { Desks } from './desks.ts'
import type { FrameCache } from './frame-cache.ts'
import type { Hub } from './hub.ts'
import type { BridgeLimits } from './limits.ts'
import { createSession } from './session.ts'
import type { Wire } from './session-types.ts'
import type { SignInDoor } from './sign-in.ts'
import type { BridgeCounters } from './types.ts'

export type SocketDoorOptions = {
  readonly hub: Hub
  readonly cache: FrameCache
  readonly commands: Commands
  readonly desks: Desks
  readonly faults: FaultControl
  readonly signIn: SignInDoor
  readonly limits: BridgeLimits
  readonly clock: Clock
  readonly timers: Timers
  readonly log: Log
  readonly counters: BridgeCounters
}

/** A farewell that the desk does not read is cut short after this long. */
const FAREWELL_MS = 1000

const tooMany: Bye = { code: RetCode.TOO_FREQUENT, message: 'too many desks' }

/** Socket.IO on the bridge's http server: makes a session of each connection. */
export const createSocketDoor = (http: HttpServer, options: SocketDoorOptions) => {
  const { desks, limits, timers, log, counters } = options
  let lastFollowId = 0

  const io = new Server(http, {
    transports: ['websocket'],
    serveClient: false,
    maxHttpBufferSize: limits.messageBytes,
    connectTimeout: limits.helloMs,
    pingInterval: 10_000,
    pingTimeout: 10_000,
    // Desks are no browsers: a page of another site must not reach a bridge on loopback.
    allowRequest: (request, decide) => {
      const welcome = request.headers.origin === undefined && io.engine.clientsCount < limits.desks * 2
      decide(welcome ? null : 'not welcome', welcome)
    },
  })

  const wireOf = (socket: Socket): Wire => ({
    frame: (bytes) => socket.emit(Event.FRAME, bytes),
    emit: (event, content) => socket.emit(event, content),
    end: () => {
      socket.disconnect(true)
      timers.setTimeout(() => socket.conn.close(true), FAREWELL_MS)
    },
  })

  io.on('connection', (socket) => {
    counters.connections++
    // A packet that cannot be parsed; Socket.IO closes the connection by itself.
    socket.on('error', (error) => {
      counters.refusedMessages++
      log.warn({ err: error, desk: socket.id }, 'unreadable packet')
    })
    const wire = wireOf(socket)
    if (desks.count() >= limits.desks) {
      log.warn({ desk: socket.id }, 'too many desks')
      wire.emit(Event.BYE, tooMany)
      wire.end()
      return
    }
    const faultDoor = createFaultDoor(options.faults, wire.frame, options)
    const session = createSession({
      ...options,
      id: socket.id,
      address: socket.handshake.address,
      bridgeVersion: pkg.version,
      wire,
      door: faultDoor,
      nextFollowId: () => ++lastFollowId,
    })
    desks.add({
      session,
      status: (status) => {
        if (!faultDoor.deaf()) wire.emit(Event.STATUS, status)
      },
      cut: () => {
        session.close()
        socket.conn.close(true)
      },
    })
    socket.onAny((event: unknown, ...args: unknown[]) => session.receive(String(event), args))
    socket.on('disconnect', () => desks.remove(socket.id))
  })

  return {
    close: async (): Promise<void> => {
      await io.close()
      http.closeAllConnections()
    },
  }
}
