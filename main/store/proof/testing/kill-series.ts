import { fork } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Random } from '../../../../shared/runtime/ports.ts'
import { seeded } from '../../outbox/testing/virtual-time.ts'
import type { ProofBundle } from './bundle.ts'
import { createLedger } from './ledger.ts'
import { createModelBridge, type ModelBridge, type ToBridge } from './model-bridge.ts'
import type { ChildTask, FromChild, Picture } from './proof-child.ts'
import { readSaid } from './said.ts'

const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms))

type Life = {
  readonly picture: Promise<Picture | null>
  /** When it has acknowledged so many writes, or has ended. */
  readonly wrote: (writes: number) => Promise<unknown>
  readonly drained: Promise<boolean>
  readonly kill: () => void
  /** When it has ended and everything it said was heard. */
  readonly ended: Promise<number | null>
}

/** A process that does a task; what it asks of the server is answered. */
export const beginLife = (bundle: ProofBundle, bridge: ModelBridge, task: ChildTask): Life => {
  const child = fork(bundle.child, [JSON.stringify(task)], {
    env: { ...process.env, NODE_COMPILE_CACHE: join(bundle.child, '..', 'cache') },
    execArgv: [],
    serialization: 'advanced',
  })
  const opened = Promise.withResolvers<Picture | null>()
  const drained = Promise.withResolvers<boolean>()
  const ended = Promise.withResolvers<number | null>()
  const enough = Promise.withResolvers<void>()
  let left = Number.POSITIVE_INFINITY
  const reply = (message: object): void => {
    if (child.connected) child.send(message, () => {})
  }
  child.on('message', (message: FromChild | ToBridge) => {
    if (message.kind === 'opened') {
      opened.resolve(message.picture)
      reply({ kind: 'memory', name: bridge.name() })
    } else if (message.kind === 'wrote') {
      if (--left <= 0) enough.resolve()
    } else if (message.kind === 'drained') drained.resolve(true)
    else void bridge.answer(message).then(reply)
  })
  // Its end of the channel went with it.
  child.on('error', () => {})
  child.on('close', (code) => {
    opened.resolve(null)
    drained.resolve(false)
    ended.resolve(code)
  })
  return {
    picture: opened.promise,
    wrote: (writes) => {
      left = writes
      return Promise.race([enough.promise, ended.promise])
    },
    drained: drained.promise,
    kill: () => child.kill('SIGKILL'),
    ended: ended.promise,
  }
}

export type SeriesOptions = {
  readonly bundle: ProofBundle
  readonly seed: number
  readonly kills: number
  readonly tasks: readonly ChildTask['task'][]
}

/** Most writes of one life, and the longest wait behind the last of them in ms. */
const WRITES = 80
const LAST_MS = 8
/** Numbers of one life. */
const ROOM = 100_000

/**
 * One profile through many lives, each ended by SIGKILL at some moment of its opening or its work, then a last one in
 * which everything that waits goes out. Throws on the first thing that was lost, doubled or halved. Test support.
 */
export const runKills = async ({ bundle, seed, kills, tasks }: SeriesOptions) => {
  const random: Random = seeded(seed)
  const folder = mkdtempSync(join(tmpdir(), `deskline-kills-${seed}-`))
  const bridge = createModelBridge(random)
  const ledger = createLedger(bridge)
  let openingMs = 300
  let life = 0
  const start = (task: ChildTask['task']) => {
    const first = ++life * ROOM
    writeFileSync(join(folder, `said-${first}`), '')
    const began = beginLife(bundle, bridge, { folder, worker: bundle.worker, seed, first, task })
    return { ...began, said: () => readSaid(join(folder, `said-${first}`)) }
  }
  const where = (): string => `seed ${seed}, life ${life}, profile ${folder}`

  try {
    for (let i = 0; i < kills; i++) {
      const began = performance.now()
      const one = start(tasks[Math.floor(random() * tasks.length)] as ChildTask['task'])
      if (random() < 0.1) bridge.restart()
      if (random() < 0.2) {
        await pause(openingMs * random() * 1.1)
        one.kill()
      } else {
        const picture = await one.picture
        if (picture) {
          openingMs = performance.now() - began
          ledger.compare(picture)
          await one.wrote(Math.floor(random() * WRITES))
          await pause(random() * LAST_MS)
        }
        one.kill()
      }
      const code = await one.ended
      if (code !== null)
        throw new Error(`The desk ended by itself with ${code}: ${one.said().failed.join(' ')}`)
      ledger.hear(one.said())
    }
    const last = start('drain')
    const picture = await last.picture
    if (!picture) throw new Error(`The desk does not open: ${last.said().failed.join(' ')}`)
    ledger.compare(picture)
    await last.drained
    await last.ended
    ledger.hear(last.said())
    const end = start('picture')
    const final = await end.picture
    await end.ended
    if (!final) throw new Error('The desk does not open at the end.')
    ledger.compare(final)
    ledger.ensureSettled(final.outbox)
  } catch (error) {
    throw new Error(`${error instanceof Error ? error.message : String(error)} (${where()})`, {
      cause: error,
    })
  }
  rmSync(folder, { recursive: true })
  return { kills, ...ledger.facts() }
}
