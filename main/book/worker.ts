import { parentPort, workerData } from 'node:worker_threads'
import { systemClock } from '../../shared/runtime/ports.ts'
import { type BookCore, createBookCore } from './book-core.ts'
import type { KeepAnswer } from './last-book/keeper.ts'
import type { FromWorker, Question, ToWorker, WorkerStart } from './messages.ts'
import { createWarmUp } from './warm-up.ts'

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

/** So often is enough for all that a snapshot runs through to be compiled. */
const WARM_UPS = 8
/** Between two of them compiling goes on, and messages are read. */
const WARM_UP_MS = 5

/** Warms up until there is something real to do. A book that stays cold is slower with its first snapshot, nothing else. */
const keepWarm = (base: string): { readonly stop: () => void; readonly close: () => void } => {
  const { pass, close } = createWarmUp(base, systemClock, () => performance.now())
  let left = WARM_UPS
  let timer: NodeJS.Timeout | undefined
  const next = (): void => {
    try {
      pass()
    } catch {
      // Its test says what is wrong with it.
      return
    }
    left--
    if (left > 0) timer = setTimeout(next, WARM_UP_MS)
  }
  next()
  const stop = (): void => clearTimeout(timer)
  return {
    stop,
    close: () => {
      stop()
      close()
    },
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
      // For the next ones, not for the garbage collector.
      spent: ({ buffer }) => void buffer.transfer(0),
      marks: (marks) => {
        const buffers = Object.values(marks.data.columns).map((column) => column.buffer as ArrayBuffer)
        say({ kind: 'marks', marks }, buffers)
      },
      viewFrame: (viewId, frame) => say({ kind: 'view', viewId, frame }, [frame.buffer]),
    },
    settings,
  )

  const ask = (id: number, question: Question): void => {
    if (question.about === 'restore') warming.stop()
    try {
      const value = answer(core, question)
      const kept = question.about === 'keep' ? (value as KeepAnswer) : null
      say({ kind: 'answer', id, value }, kept?.kind === 'part' ? [kept.frames.buffer] : [])
    } catch (error) {
      say({ kind: 'failed', id, message: error instanceof Error ? error.message : String(error) })
    }
  }

  const warming = keepWarm(base)
  const timer = setInterval(core.tick, TICK_MS)
  port.on('message', (message: ToWorker) => {
    switch (message.kind) {
      case 'frame':
        warming.stop()
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
        // The first real book is there: from now on it keeps itself warm.
        if (message.live) warming.close()
        break
      case 'quit':
        warming.close()
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
  serve(parentPort, start)
}
