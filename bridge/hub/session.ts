import {
  ackSchema,
  type BeatAnswer,
  type Bye,
  beatSchema,
  type Command,
  capabilities,
  commandSchema,
  Event,
  type FollowAnswer,
  followSchema,
  type HelloAnswer,
  helloSchema,
  PROTOCOL_VERSION,
  signInSchema,
} from '../../shared/bridge/protocol.ts'
import { RetCode } from '../../shared/mt4/ret-code.ts'
import type { Manager } from './credentials.ts'
import { createFlow, type Flow } from './flow.ts'
import { createRefusals } from './refusals.ts'
import { noReply, type Reply, refusal } from './replies.ts'
import { decideResume } from './resume.ts'
import type { Session, SessionOptions } from './session-types.ts'
import type { DeskStats } from './types.ts'

export const createSession = (options: SessionOptions): Session => {
  const { id, address, wire, door, hub, limits, clock, timers, counters } = options
  const refusals = createRefusals(limits.refusedPerMinute)
  let stage: 'greeting' | 'signing-in' | 'signed-in' | 'closed' = 'greeting'
  let deadline = clock.now() + limits.helloMs
  let manager: Manager | undefined
  let flow: Flow | undefined
  let snapshots = 0
  let checkpointAt = 0

  const send = (frame: Uint8Array<ArrayBuffer>): void => {
    if (door.open()) wire.frame(frame)
    else door.frame(frame)
  }

  const close = (): void => {
    stage = 'closed'
    flow?.close()
    door.close()
  }

  const bye = (farewell: Bye): void => {
    if (stage === 'closed') return
    close()
    if (door.deaf()) return
    wire.emit(Event.BYE, farewell)
    wire.end()
  }

  const drop = (code: number, message: string): void => {
    if (stage === 'closed') return
    counters.dropped++
    options.log.warn({ desk: id, address, code, reason: message }, 'desk dropped')
    bye({ code, message })
  }

  const countRefused = (event: string, message: string): void => {
    counters.refusedMessages++
    if (refusals.total() === 0) options.log.warn({ desk: id, event, reason: message }, 'message refused')
    if (refusals.add(clock.now())) drop(RetCode.TOO_FREQUENT, 'too many messages that do not fit')
  }

  /** A fault of ours costs this desk its connection, never the bridge. */
  const guarded = (work: () => void): void => {
    try {
      work()
    } catch (error) {
      options.log.error({ err: error, desk: id }, 'a session failed')
      drop(RetCode.TECH_PROBLEM, 'the bridge failed to serve this desk')
    }
  }

  const pump = (): void => guarded(() => flow?.pump())

  const refuse = (event: string, code: number, message: string, payload: unknown, reply: Reply): void => {
    reply(refusal(code, message, payload))
    countRefused(event, message)
  }

  const hello = (payload: unknown, reply: Reply): void => {
    const parsed = helloSchema.safeParse(payload)
    if (stage !== 'greeting' || !parsed.success || parsed.data.protocolMin > parsed.data.protocolMax) {
      refuse(Event.HELLO, RetCode.INVALID_DATA, 'not a hello, or said before', payload, reply)
      return
    }
    const { protocolMin, protocolMax } = parsed.data
    if (protocolMin > PROTOCOL_VERSION || protocolMax < PROTOCOL_VERSION) {
      const message = `this bridge speaks protocol ${PROTOCOL_VERSION}`
      reply({ ok: false, code: RetCode.OLD_VERSION, message } satisfies HelloAnswer)
      drop(RetCode.OLD_VERSION, message)
      return
    }
    stage = 'signing-in'
    deadline = clock.now() + limits.signInMs
    const answer: HelloAnswer = {
      ok: true,
      protocol: PROTOCOL_VERSION,
      bridge: 'deskline-bridge',
      bridgeVersion: options.bridgeVersion,
      epoch: hub.epoch(),
      utc: clock.now(),
      serverTimeOffset: hub.serverTimeOffset,
      capabilities: [...capabilities],
      status: hub.status(),
    }
    reply(answer)
  }

  const signIn = (payload: unknown, reply: Reply): void => {
    const parsed = signInSchema.safeParse(payload)
    if (stage !== 'signing-in' || !parsed.success) {
      refuse(Event.SIGN_IN, RetCode.INVALID_DATA, 'not a sign-in, or signed in before', payload, reply)
      return
    }
    const result = options.signIn(parsed.data, address, clock.now())
    reply(result.answer)
    if (result.manager) {
      manager = result.manager
      stage = 'signed-in'
    } else {
      counters.badSignIns++
      options.log.warn({ desk: id, address, checked: result.checked }, 'sign-in refused')
      if (!result.checked) countRefused(Event.SIGN_IN, 'attempt within the wait')
    }
  }

  const follow = (payload: unknown, reply: Reply): void => {
    const parsed = followSchema.safeParse(payload)
    if (!parsed.success) {
      refuse(Event.FOLLOW, RetCode.INVALID_DATA, 'not a follow', payload, reply)
      return
    }
    const { resume, window } = parsed.data
    const decision = decideResume(resume, hub.epoch(), hub.seqs(), hub.journal.evicted())
    const followId = options.nextFollowId()
    flow?.close()
    const answer: FollowAnswer = { ok: true, followId, mode: decision.mode, epoch: hub.epoch() }
    reply(answer)
    flow = createFlow({
      followId,
      decision,
      window: {
        frames: Math.min(window.frames, limits.windowFrames),
        bytes: Math.min(window.bytes, limits.windowBytes),
      },
      hub,
      cache: options.cache,
      limits,
      clock,
      timers,
      counters,
      send,
      snapshotStarted: () => {
        snapshots++
      },
      again: pump,
    })
    checkpointAt = clock.now() + limits.checkpointMs
    flow.pump()
  }

  const ack = (payload: unknown): void => {
    const parsed = ackSchema.safeParse(payload)
    const current = flow?.followId ?? 0
    if (!parsed.success || parsed.data.followId > current)
      refuse(Event.ACK, RetCode.INVALID_DATA, 'not an acknowledgement of ours', payload, noReply)
    else if (parsed.data.followId === current && flow?.ack(parsed.data.n) === 'not-sent')
      refuse(Event.ACK, RetCode.INVALID_DATA, 'acknowledges what was not sent', payload, noReply)
  }

  const beat = (payload: unknown, reply: Reply): void => {
    const parsed = beatSchema.safeParse(payload)
    if (!parsed.success) {
      refuse(Event.BEAT, RetCode.INVALID_DATA, 'not a beat', payload, reply)
      return
    }
    const answer: BeatAnswer = {
      sent: parsed.data.sent,
      utc: clock.now(),
      serverTimeOffset: hub.serverTimeOffset,
      followId: flow?.followId ?? 0,
      lastFrame: flow?.window.lastFrame() ?? 0,
    }
    reply(answer)
  }

  const answerCommand = async (given: Command, reply: Reply): Promise<void> => {
    const answer = await options.commands.run(`${manager?.login}`, given)
    if (stage !== 'closed') reply(answer)
  }

  const command = (payload: unknown, reply: Reply): void => {
    const parsed = commandSchema.safeParse(payload)
    if (!parsed.success) {
      refuse(Event.COMMAND, RetCode.INVALID_DATA, 'not a command of this protocol', payload, reply)
      return
    }
    void answerCommand(parsed.data, reply)
  }

  const handlers: Readonly<Record<string, (payload: unknown, reply: Reply) => void>> = {
    [Event.HELLO]: hello,
    [Event.SIGN_IN]: signIn,
    [Event.FOLLOW]: follow,
    [Event.ACK]: ack,
    [Event.BEAT]: beat,
    [Event.COMMAND]: command,
  }

  const replyOf = (args: readonly unknown[]): Reply => {
    const last = args.at(-1)
    if (typeof last !== 'function') return noReply
    const callback = last as Reply
    return (answer) => {
      if (door.open()) callback(answer)
      else
        door.answer(
          () => callback(answer),
          () => callback({ garbled: [clock.now()] }),
        )
    }
  }

  const dispatch = (event: string, args: readonly unknown[]): void => {
    counters.messages++
    const reply = replyOf(args)
    const payload = typeof args[0] === 'function' ? undefined : args[0]
    const wanted = reply === noReply ? 1 : 2
    const handler = Object.hasOwn(handlers, event) ? handlers[event] : undefined
    if (stage === 'greeting' && event !== Event.HELLO)
      refuse(event, RetCode.INVALID_DATA, 'say hello first', payload, reply)
    else if (stage === 'signing-in' && event !== Event.HELLO && event !== Event.SIGN_IN)
      refuse(event, RetCode.NOT_ENOUGH_RIGHTS, 'sign in first', payload, reply)
    else if (!handler || args.length !== wanted)
      refuse(event, RetCode.INVALID_DATA, 'no such event', payload, reply)
    else handler(payload, reply)
  }

  const housekeep = (now: number): void => {
    if (stage === 'greeting' || stage === 'signing-in') {
      if (now >= deadline)
        drop(RetCode.NO_CONNECT, `no ${stage === 'greeting' ? 'hello' : 'sign-in'} in time`)
      return
    }
    if (!flow) return
    const since = flow.window.waitingSince()
    if (since !== undefined && now - since >= limits.ackMs) {
      drop(RetCode.NO_CONNECT, 'nothing acknowledged for too long')
      return
    }
    if (now >= checkpointAt) {
      checkpointAt = now + limits.checkpointMs
      flow.wantCheckpoint()
    }
    pump()
  }

  const state = (): DeskStats['state'] => {
    if (stage === 'greeting' || stage === 'signing-in') return stage
    if (!flow) return 'idle'
    return flow.inSnapshot() ? 'snapshot' : 'live'
  }

  return {
    id,
    receive: (event, args) => {
      if (stage !== 'closed' && !door.deaf()) guarded(() => dispatch(event, args))
    },
    pump,
    housekeep,
    signedIn: () => stage === 'signed-in',
    bye,
    close,
    stats: () => ({
      id,
      address,
      state: state(),
      manager: manager?.name ?? '',
      followId: flow?.followId ?? 0,
      lastFrame: flow?.window.lastFrame() ?? 0,
      acked: flow?.window.acked() ?? 0,
      inFlightFrames: flow?.window.inFlightFrames() ?? 0,
      inFlightBytes: flow?.window.inFlightBytes() ?? 0,
      heldBytes: flow?.heldBytes() ?? 0,
      snapshots,
      refused: refusals.total(),
    }),
  }
}
