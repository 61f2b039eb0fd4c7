import { MAX_KEY_LENGTH } from '../../../shared/outbox/outgoing.ts'
import type { Entry, Move, Moved } from './types.ts'

type Doing<D extends Move['do']> = Extract<Move, { do: D }>

const moved = (entry: Entry, change: Partial<Entry>): Moved => ({
  ok: true,
  entry: { ...entry, ...change, rev: entry.rev + 1 },
})
const done = (
  entry: Entry,
  at: number,
  change: Partial<Entry> & { state: 'confirmed' | 'failed' | 'cancelled' },
): Moved => moved(entry, { hold: false, unsure: false, nextAt: 0, reason: '', doneAt: at, ...change })

const failed = (entry: Entry, at: number, reason: string, answer: unknown = entry.answer): Moved =>
  done(entry, at, { state: 'failed', reason, answer, hold: entry.holds })

const refused = (entry: Entry, move: Move): Moved => ({
  ok: false,
  why: `It is ${entry.state}${entry.hold ? ' and waits for a person' : ''}; ${move.do} has no meaning now.`,
})

/** What is sent again is remembered since it went out first. */
const send = (entry: Entry, { at, memory }: Doing<'send'>): Moved =>
  moved(entry, {
    state: 'sending',
    attempts: entry.attempts + 1,
    sentAt: entry.unsure ? entry.sentAt : at,
    memory,
    nextAt: 0,
    reason: '',
  })

/** An unknown outcome is asked for again only where its key is known. */
const maySend = ({ state, hold, doubted, memory }: Entry, to: string): boolean =>
  !hold && (state === 'pending' || (state === 'sent' && !doubted && memory === to))

const answered = (entry: Entry, move: Doing<'answered'>): Moved => {
  const { at, verdict, reason, answer, nextAt } = move
  if (verdict === 'done') return done(entry, at, { state: 'confirmed', answer })
  if (verdict === 'refused') return failed(entry, at, reason, answer)
  if (verdict === 'again')
    return moved(entry, { state: 'pending', unsure: false, turn: entry.turn + 1, reason, nextAt })
  return moved(entry, { state: 'sent', unsure: true, doubted: true, reason, answer, nextAt })
}

/**
 * Its effect is not there and cannot come any more: as if it had never gone out. It goes out under another id, whose
 * memory at the other end begins anew; the old one's may end at any moment.
 */
const absent = (entry: Entry, { at, reason }: Doing<'absent'>): Moved => {
  if (entry.doubted) return failed(entry, at, entry.reason)
  if (entry.notAfter !== null && at > entry.notAfter) return expire(entry, at)
  return moved(entry, { state: 'pending', unsure: false, turn: entry.turn + 1, nextAt: 0, reason })
}

const expire = (entry: Entry, at: number): Moved =>
  failed(entry, at, 'It could not be sent in time and must not be sent any more.')

const numbered = /^(.*)~(\d+)$/s

/** A retry's key is its origin's with a number behind it. */
const nextKey = (key: string): string => {
  const [, stem = key, count = '1'] = numbered.exec(key) ?? []
  const end = `~${Number(count) + 1}`
  return stem.slice(0, MAX_KEY_LENGTH - end.length) + end
}

/** A command that was good for so long when it was asked for is good for as long from the retry on. */
const retry = (entry: Entry, { at, by }: Doing<'retry'>): Moved => {
  const notAfter = entry.notAfter === null ? null : at + Math.max(0, entry.notAfter - entry.at)
  const reason = `Tried again by ${by}`
  if (entry.answer === null)
    return moved(entry, {
      state: 'pending',
      hold: false,
      turn: entry.turn + 1,
      doneAt: null,
      nextAt: 0,
      notAfter,
      reason,
    })
  const key = nextKey(entry.key)
  const kept = moved(entry, { hold: false, retriedBy: key })
  return kept.ok ? { ...kept, again: { key, notAfter } } : kept
}

const settle = (entry: Entry, { at, by, executed }: Doing<'settle'>): Moved => {
  const reason = `${by} looked: it was ${executed ? '' : 'not '}executed.`
  return done(entry, at, { state: executed ? 'confirmed' : 'failed', reason })
}

/**
 * The states of a command: pure. What has no meaning in a state is refused and changes nothing, so that a late answer
 * or a second click does no harm.
 */
export const move = (entry: Entry, what: Move): Moved => {
  const { state, hold } = entry
  switch (what.do) {
    case 'send':
      return maySend(entry, what.memory) ? send(entry, what) : refused(entry, what)
    case 'unsent':
      return state === 'sending'
        ? moved(entry, {
            state: entry.unsure ? 'sent' : 'pending',
            attempts: entry.attempts - 1,
            reason: what.reason,
            nextAt: what.nextAt,
          })
        : refused(entry, what)
    case 'answered':
      return state === 'sending' ? answered(entry, what) : refused(entry, what)
    case 'lost':
      return state === 'sending'
        ? moved(entry, { state: 'sent', unsure: true, reason: what.reason, nextAt: what.nextAt })
        : refused(entry, what)
    case 'found':
      return state === 'sent'
        ? done(entry, what.at, { state: 'confirmed', answer: what.answer })
        : refused(entry, what)
    case 'absent':
      return state === 'sent' ? absent(entry, what) : refused(entry, what)
    case 'unclear':
      return state === 'sent'
        ? moved(entry, { reason: what.reason, nextAt: what.nextAt })
        : refused(entry, what)
    case 'ask-person':
      return state === 'sent' && !hold
        ? moved(entry, { hold: true, reason: what.reason, nextAt: 0 })
        : refused(entry, what)
    case 'expire':
      return state === 'pending' ? expire(entry, what.at) : refused(entry, what)
    case 'cancel':
      return state === 'pending'
        ? done(entry, what.at, { state: 'cancelled', reason: `Taken back by ${what.by}` })
        : refused(entry, what)
    case 'retry':
      return state === 'failed' && entry.retriedBy === null ? retry(entry, what) : refused(entry, what)
    case 'release':
      return state === 'failed' && hold
        ? moved(entry, { hold: false, reason: `${entry.reason} Let go by ${what.by}.` })
        : refused(entry, what)
    case 'settle':
      return state === 'sent' && hold ? settle(entry, what) : refused(entry, what)
    default:
      return what satisfies never
  }
}
