import { parentPort, workerData } from 'node:worker_threads'
import { systemClock } from '../../shared/runtime/ports.ts'
import { type BookCore, createBookCore } from './book-core.ts'
import type { KeepAnswer } from './last-book/keeper.ts'
import type { FromWorker, Question, ToWorker, WorkerStart } from './messages.ts'
import { warmUp } from './warm-up.ts'

/** Entry of the book's worker thread: messages in, messages out, one timer. */

const TICK_MS = 10

const answer = (core: BookCore, question: Question): unknown => {
  switch (question.about) {
    case 'account':
      return core.account(question.login)
    case 'others':
      return core.otherLogins(question.login)
    case 'explain':
      return core.explain(question.order)
    case 'explainAccount':
      return core.explainAccount(question.login)
    case 'whatIf':
      return core.whatIf(question.shock, question.limit)
    case 'limits':
      return core.limits(question.login, question.target)
    case 'search':
      return core.search(question.text, question.limit)
    case 'stats':
      return core.stats()
    case 'keep':
      return core.keep(question.question)
    case 'restore':
      return core.restore(question.part)
    default:
      return core.hashes()
  }
}

/** A book that stays cold is slower with its first snapshot, nothing else. */
const tryToWarmUp = (base: string): void => {
  try {
    warmUp(base, systemClock, () => performance.now())
  } catch {
    // Its test says what is wrong with it.
  }
}

const serve = (port: NonNullable<typeof parentPort>, { base, settings }: WorkerStart): void => {
  const say = (message: FromWorker, transfer: ArrayBuffer[] = []): void => port.postMessage(message, transfer)
  const core = createBookCore(
    base,
    systemClock,
    () => performance.now(),
    {
      applied: (applied) => say({ kind: 'applied', applied }),
      refused: (refused) => say({ kind: 'refused', refused }),
      mismatch: (streams) => say({ kind: 'mismatch', streams }),
      marks: (marks) => {
        const buffers = Object.values(marks.data.columns).map((column) => column.buffer as ArrayBuffer)
        say({ kind: 'marks', marks }, buffers)
      },
      viewFrame: (viewId, frame) => say({ kind: 'view', viewId, frame }, [frame.buffer]),
    },
    settings,
  )

  const ask = (id: number, question: Question): void => {
    try {
      const value = answer(core, question)
      const kept = question.about === 'keep' ? (value as KeepAnswer) : null
      say({ kind: 'answer', id, value }, kept?.kind === 'part' ? [kept.frames.buffer] : [])
    } catch (error) {
      say({ kind: 'failed', id, message: error instanceof Error ? error.message : String(error) })
    }
  }

  const timer = setInterval(core.tick, TICK_MS)
  port.on('message', (message: ToWorker) => {
    switch (message.kind) {
      case 'frame':
        core.accept(message.header, message.frame)
        break
      case 'open':
        core.openView(message.viewId, message.spec, message.after)
        break
      case 'change':
        core.changeView(message.viewId, message.spec)
        break
      case 'close':
        core.closeView(message.viewId)
        break
      case 'ack':
        core.ackView(message.viewId, message.n)
        break
      case 'live':
        core.setLive(message.live)
        break
      case 'quit':
        clearInterval(timer)
        port.close()
        break
      default:
        ask(message.id, message.question)
    }
  })
}

if (parentPort) {
  const start = workerData as WorkerStart
  tryToWarmUp(start.base)
  serve(parentPort, start)
}
