import type { CommandAnswer } from '../../shared/bridge/protocol.ts'

type Entry = {
  readonly body: string
  /** Undefined: the answer was not worth keeping (a question, harmless to ask again). */
  answer: Promise<CommandAnswer> | undefined
  running: boolean
  /** UTC ms of the answer. */
  at: number
}

export type Answers = {
  /** Runs `work` once for `id`; a repeat shares its answer, the same id with another body is a `conflict`. */
  once: (
    id: string,
    body: string,
    keep: boolean,
    work: () => Promise<CommandAnswer>,
  ) => Promise<CommandAnswer> | 'conflict' | 'full'
  stored: () => number
  running: () => number
  /** How often an answer was given again. */
  repeats: () => number
  clear: () => void
}

export type AnswerLimits = {
  /** Kept at least: so many answers, and those of so many milliseconds. */
  readonly answers: number
  readonly answersMs: number
  /** Beyond it new commands are turned away: no promise is broken for memory's sake. */
  readonly answersCap: number
}

/** The idempotency store: what was asked under which id, and what was answered. */
export const createAnswers = (limits: AnswerLimits, now: () => number): Answers => {
  let entries = new Map<string, Entry>()
  let running = 0
  let repeats = 0

  const makeRoom = (): void => {
    for (const [id, entry] of entries) {
      if (entry.running) continue
      if (entries.size <= limits.answers || now() - entry.at < limits.answersMs) return
      entries.delete(id)
    }
  }

  const run = (id: string, entry: Entry, keep: boolean, work: () => Promise<CommandAnswer>) => {
    const epoch = entries
    entry.running = true
    running++
    const answer = work().finally(() => {
      running--
      entry.running = false
      entry.at = now()
      if (!keep) entry.answer = undefined
      if (epoch !== entries) return
      // Answered entries stand in the order of their answers, so the oldest is always first.
      entries.delete(id)
      entries.set(id, entry)
    })
    entry.answer = answer
    return answer
  }

  return {
    once: (id, body, keep, work) => {
      const known = entries.get(id)
      if (known) {
        if (known.body !== body) return 'conflict'
        if (!known.answer) return run(id, known, keep, work)
        repeats++
        return known.answer
      }
      makeRoom()
      if (entries.size >= limits.answersCap) return 'full'
      const entry: Entry = { body, answer: undefined, running: true, at: now() }
      entries.set(id, entry)
      return run(id, entry, keep, work)
    },
    stored: () => entries.size,
    running: () => running,
    repeats: () => repeats,
    clear: () => {
      entries = new Map()
    },
  }
}
