import type { Command, CommandAnswer } from '../../shared/bridge/protocol.ts'
import { isMoney } from '../../shared/bridge/verdict.ts'
import { RetCode } from '../../shared/mt4/ret-code.ts'
import type { Clock, Log } from '../../shared/runtime/ports.ts'
import type { Source, SourceAnswer } from '../source.ts'
import { createAnswers } from './answers.ts'
import type { BridgeLimits } from './limits.ts'
import type { BridgeCounters } from './types.ts'

export type Commands = {
  /** Executes a command for `owner` (one manager's ids are no other's), or gives the answer it had before. Never rejects. */
  run: (owner: string, command: Command) => Promise<CommandAnswer>
  stored: () => number
  /** Forgets all answers: another epoch begins. */
  clear: () => void
}

export type CommandsOptions = {
  readonly source: Source
  readonly clock: Clock
  readonly limits: BridgeLimits
  readonly log: Log
  readonly counters: BridgeCounters
}

/** Questions change nothing: their answers, which may be large, are fetched again instead of kept. */
const isQuestion = (command: Command): boolean =>
  command.type === 'chart:request' || command.type === 'trade:history'

/** The command as text in which the order of its fields does not matter. */
const bodyOf = (command: Command): string =>
  JSON.stringify(Object.entries(command).sort(([a], [b]) => (a < b ? -1 : 1)))

export const createCommands = (options: CommandsOptions): Commands => {
  const { source, clock, limits, log, counters } = options
  const answers = createAnswers(limits, () => clock.now())
  /** Money operations under way, by account; a new epoch does not end them. */
  const moving = new Map<number, Set<Promise<unknown>>>()

  /** A history is read behind the money operations that came before it, so that none of them is missing from it. */
  const inTurn = async (command: Command): Promise<SourceAnswer> => {
    if (command.type === 'trade:history') await Promise.allSettled(moving.get(command.login) ?? new Set())
    if (!isMoney(command.type) || !('login' in command)) return source.command(command)
    const { login } = command
    const others = moving.get(login) ?? new Set()
    const work = source.command(command)
    moving.set(login, others.add(work))
    try {
      return await work
    } finally {
      others.delete(work)
      if (others.size === 0) moving.delete(login)
    }
  }

  const execute = async (command: Command): Promise<CommandAnswer> => {
    const { requestId, type } = command
    try {
      const { code, message, data } = await inTurn(command)
      const answer: CommandAnswer = { requestId, code, message: message.slice(0, 300) }
      if (data !== undefined) answer.data = data
      const size = data === undefined ? 0 : JSON.stringify(answer).length
      if (size <= limits.messageBytes) return answer
      return {
        requestId,
        code: RetCode.INVALID_DATA,
        message: 'the answer is too long; ask for less at a time',
      }
    } catch (error) {
      counters.failedCommands++
      log.error({ err: error, requestId, type }, 'the source failed to execute a command')
      return { requestId, code: RetCode.TECH_PROBLEM, message: 'the bridge could not execute the command' }
    }
  }

  return {
    run: async (owner, command) => {
      counters.commands++
      const { requestId } = command
      const refuse = (code: number, message: string): CommandAnswer => ({ requestId, code, message })
      const repeats = answers.repeats()
      const result =
        answers.running() >= limits.commandsInFlight
          ? 'full'
          : answers.once(`${owner}:${requestId}`, bodyOf(command), !isQuestion(command), () =>
              execute(command),
            )
      counters.repeatedCommands += answers.repeats() - repeats
      if (result === 'full') return refuse(RetCode.TRADE_TOO_MANY_REQ, 'too many commands; try again later')
      if (result === 'conflict')
        return refuse(RetCode.INVALID_DATA, 'this request id was used for another command')
      return result
    },
    stored: answers.stored,
    clear: answers.clear,
  }
}
