import { type Command, type CommandAnswer, commandAnswerSchema, Event } from '../../shared/bridge/protocol.ts'
import { RetCode } from '../../shared/mt4/ret-code.ts'
import type { Clock, Timers } from '../../shared/runtime/ports.ts'
import { ask, BAD_MESSAGE, type Refuse } from './ask.ts'
import { LinkOffline, OutcomeUnknown } from './errors.ts'
import type { SocketLike } from './socket.ts'

export type CommandsOptions = {
  clock: Clock
  timers: Timers
  /** An unanswered command is asked for again this often… */
  ackMs: number
  /** …and given up after this long. */
  totalMs: number
  refuse: Refuse
}

export type Commands = {
  /** @throws LinkOffline, OutcomeUnknown */
  send: (command: Command, offline: string) => Promise<CommandAnswer>
  /** Signed in: those left without an answer in this epoch are asked for again. */
  attach: (socket: SocketLike, epoch: string) => void
  detach: () => void
  /** The bridge started anew and forgot what it had answered. */
  newEpoch: (epoch: string) => void
  close: () => void
}

type Pending = {
  command: Command
  body: string
  epoch: string
  startedAt: number
  timer: unknown
  answer: Promise<CommandAnswer>
  resolve: (answer: CommandAnswer) => void
  reject: (error: Error) => void
}

/** Commands under way. The request id makes asking again harmless: the bridge executes an id once. */
export const createCommands = ({ clock, timers, ackMs, totalMs, refuse }: CommandsOptions): Commands => {
  const pending = new Map<string, Pending>()
  let socket: SocketLike | undefined
  let currentEpoch = ''

  const finish = (entry: Pending): boolean => {
    if (pending.get(entry.command.requestId) !== entry) return false
    pending.delete(entry.command.requestId)
    timers.clearTimeout(entry.timer)
    return true
  }
  const unknown = (entry: Pending, detail: string): void => {
    if (finish(entry)) entry.reject(new OutcomeUnknown(entry.command.requestId, detail))
  }

  const transmit = (entry: Pending): void => {
    if (!socket) return
    ask(socket, Event.COMMAND, entry.command, commandAnswerSchema, refuse, (answer) => {
      if (!answer) return
      if (answer.requestId !== entry.command.requestId)
        refuse(BAD_MESSAGE, `answer to ${entry.command.requestId} is about ${answer.requestId}`)
      else if (finish(entry)) entry.resolve(answer)
    })
  }

  const watch = (entry: Pending): void => {
    const left = entry.startedAt + totalMs - clock.now()
    entry.timer = timers.setTimeout(
      () => {
        if (clock.now() - entry.startedAt >= totalMs)
          unknown(entry, `no answer within ${Math.round(totalMs / 1000)} s`)
        else {
          transmit(entry)
          watch(entry)
        }
      },
      Math.max(1, Math.min(ackMs, left)),
    )
  }

  return {
    send: (command, offline) => {
      const { requestId } = command
      const body = JSON.stringify(command)
      const running = pending.get(requestId)
      if (running?.body === body) return running.answer
      if (running)
        return Promise.resolve({
          requestId,
          code: RetCode.INVALID_DATA,
          message: 'This request id is under way with another command',
        })
      if (!socket) return Promise.reject(new LinkOffline(offline))
      const { promise, resolve, reject } = Promise.withResolvers<CommandAnswer>()
      const entry: Pending = {
        command,
        body,
        epoch: currentEpoch,
        startedAt: clock.now(),
        timer: undefined,
        answer: promise,
        resolve,
        reject,
      }
      pending.set(requestId, entry)
      watch(entry)
      transmit(entry)
      return promise
    },
    attach: (given, epoch) => {
      socket = given
      currentEpoch = epoch
      for (const entry of pending.values()) transmit(entry)
    },
    detach: () => {
      socket = undefined
    },
    newEpoch: (epoch) => {
      currentEpoch = epoch
      for (const entry of pending.values())
        if (entry.epoch !== epoch) unknown(entry, 'the bridge started anew before it answered')
    },
    close: () => {
      socket = undefined
      for (const entry of pending.values()) unknown(entry, 'the desk was closed before the answer came')
    },
  }
}
