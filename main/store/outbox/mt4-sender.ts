import { z } from 'zod'
import type { LinkStatus } from '../../../shared/api/models.ts'
import { type Command, type CommandAnswer, commandSchema } from '../../../shared/bridge/protocol.ts'
import { isMoney, verdictOf } from '../../../shared/bridge/verdict.ts'
import { Cmd } from '../../../shared/mt4/enums.ts'
import { RetCode, retName } from '../../../shared/mt4/ret-code.ts'
import { moneyTag, taggedComment } from '../../../shared/outbox/money-tag.ts'
import type { Timers } from '../../../shared/runtime/ports.ts'
import { requestIdOf, type Seen, type Sender, type Sent } from './sender.ts'
import type { Entry } from './types.ts'

export type Mt4SenderOptions = {
  readonly link: {
    readonly status: () => LinkStatus
    readonly onStatus: (fn: (status: LinkStatus) => void) => () => void
    readonly command: (command: Command) => Promise<CommandAnswer>
  }
  /** Whether the link says that nothing went out. */
  readonly isOffline: (error: unknown) => boolean
  /** As whom the desk signs in: the bridge keeps the ids of one manager apart from those of another. */
  readonly manager: string
  readonly newId: () => string
  readonly clock: { readonly now: () => number }
  readonly timers: Timers
  /** What went out so long ago was executed, or never will be (ms). */
  readonly settleMs?: number
}

/** The bridge promises ten minutes (docs/bridge.md); half of it leaves room for clocks that differ. */
const REMEMBERS_MS = 300_000
const SETTLE_MS = 5000
/** Around the time of sending: clocks, and a change to summer time in between. */
const HISTORY_SLACK_S = 7200
const MOST_HALVINGS = 6

const operationSchema = z.object({
  order: z.int(),
  login: z.int(),
  cmd: z.int(),
  profit: z.number(),
  comment: z.string(),
})
const historySchema = z.array(operationSchema)
type Operation = z.infer<typeof operationSchema>
const signs = new Map<string, readonly [cmd: number, sign: number]>([
  ['balance:deposit', [Cmd.BALANCE, 1]],
  ['balance:withdraw', [Cmd.BALANCE, -1]],
  ['credit:in', [Cmd.CREDIT, 1]],
  ['credit:out', [Cmd.CREDIT, -1]],
])

const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error))

/** The command as it goes out, the same every time; null when it is none. */
const commandOf = (entry: Entry): Command | null => {
  // The currency stands there for people; the bridge knows it from the account.
  const { currency: _currency, ...given } = entry.command
  const parsed = commandSchema.safeParse({ ...given, requestId: requestIdOf(entry) })
  if (!parsed.success) return null
  const command = parsed.data
  return isMoney(command.type) && 'comment' in command
    ? { ...command, comment: taggedComment(command.comment, entry.key) }
    : command
}

/** The server's words, and its code by name where they do not say it. */
const wordsOf = ({ code, message }: CommandAnswer): string =>
  message.includes(retName(code)) ? message : `${message || 'Refused'} (${retName(code)})`

/**
 * Sends commands over the link. The bridge executes a request id once and remembers its answer for ten minutes, as long
 * as it is the same bridge; beyond that the account's own history says whether money was booked, by the mark in the
 * comment. Of trades only a person can say it.
 */
export const createMt4Sender = (options: Mt4SenderOptions): Sender => {
  const { link, isOffline, manager, newId, clock, timers, settleMs = SETTLE_MS } = options
  const ready = (): boolean => link.status().phase === 'live'
  const memory = (): string => {
    const { url, epoch } = link.status()
    return epoch && `${url} ${manager} ${epoch}`
  }

  const send = async (entry: Entry): Promise<Sent> => {
    const command = commandOf(entry)
    if (command === null)
      return {
        kind: 'answered',
        verdict: 'refused',
        reason: 'This is no command of the bridge',
        answer: null,
      }
    if (!ready() || memory() !== entry.memory) return { kind: 'offline', reason: 'The bridge is not reached' }
    try {
      const answer = await link.command(command)
      const { code, data } = answer
      // Refused for another body under the same id: the first one may well have been executed.
      const verdict = entry.unsure && code === RetCode.INVALID_DATA ? 'unsure' : verdictOf(code, command.type)
      return { kind: 'answered', verdict, reason: wordsOf(answer), answer: { code, data: data ?? null } }
    } catch (error) {
      return { kind: isOffline(error) ? 'offline' : 'lost', reason: messageOf(error) }
    }
  }

  /** Operations between two server-local seconds; in halves where the answer would be too long. */
  const historyOf = async (
    login: number,
    from: number,
    to: number,
    halvings: number,
  ): Promise<Operation[] | string> => {
    const answer = await link.command({ type: 'trade:history', requestId: newId(), login, from, to })
    const rows = historySchema.safeParse(answer.data)
    if (verdictOf(answer.code, 'trade:history') === 'done')
      return rows.success ? rows.data : 'The history of the account made no sense'
    if (answer.code !== RetCode.INVALID_DATA || halvings === 0 || to <= from) return wordsOf(answer)
    const middle = Math.floor((from + to) / 2)
    const first = await historyOf(login, from, middle, halvings - 1)
    if (typeof first === 'string') return first
    const second = await historyOf(login, middle + 1, to, halvings - 1)
    return typeof second === 'string' ? second : [...first, ...second]
  }

  const lookUp = async (entry: Entry, login: number, cmd: number, sign: number): Promise<Seen> => {
    const { serverTimeOffset, clockOffset } = link.status()
    const serverSeconds = (utc: number): number =>
      Math.max(0, Math.floor((utc + clockOffset) / 1000) + serverTimeOffset)
    const [early, late] = [entry.sentAt, clock.now()].toSorted((a, b) => a - b) as [number, number]
    const history = await historyOf(
      login,
      Math.max(0, serverSeconds(early) - HISTORY_SLACK_S),
      serverSeconds(late) + HISTORY_SLACK_S,
      MOST_HALVINGS,
    )
    if (typeof history === 'string') return { kind: 'unclear', reason: history }
    const tag = moneyTag(entry.key)
    const found = history.find(
      (row) =>
        row.login === login &&
        row.cmd === cmd &&
        Math.sign(row.profit) === sign &&
        row.comment.trimEnd().endsWith(tag),
    )
    if (!found) return { kind: 'absent' }
    return { kind: 'found', answer: { code: RetCode.OK, data: { order: found.order } } }
  }

  const look = async (entry: Entry): Promise<Seen> => {
    const { type, login } = entry.command
    const operation = typeof type === 'string' ? signs.get(type) : undefined
    if (!operation || typeof login !== 'number')
      return {
        kind: 'impossible',
        reason: `${entry.reason}. Look at the account whether it was done, and say so here.`,
      }
    await new Promise<void>((resolve) => timers.setTimeout(resolve, settleMs))
    if (!ready()) return { kind: 'unclear', reason: 'The bridge is not reached' }
    try {
      return await lookUp(entry, login, ...operation)
    } catch (error) {
      return { kind: 'unclear', reason: messageOf(error) }
    }
  }

  return {
    ready,
    memory,
    remembersMs: REMEMBERS_MS,
    onChange: (fn) => {
      let before = ready() ? memory() : ''
      return link.onStatus(() => {
        const now = ready() ? memory() : ''
        const came = now !== '' && now !== before
        before = now
        if (came) fn()
      })
    },
    send,
    look,
  }
}
