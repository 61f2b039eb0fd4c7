import { parentPort, workerData } from 'node:worker_threads'
import { createIntake } from '../../main/book/intake/intake.ts'
import type { ToWorker, WorkerStart } from '../../main/book/messages.ts'
import { valueAll } from '../../main/book/value/value-all.ts'
import { createWorld, type World } from '../../main/book/world/world.ts'
import { recordStreams } from '../../shared/bridge/streams.ts'
import { groupMatcher } from '../../shared/mt4/group-mask.ts'
import { auditWorld } from './audit.ts'
import { SOAK_CHANNEL, type SoakMemory, type SoakQuestion } from './channel.ts'

/**
 * A twin of the worker's book that takes the same frames in the same order. Its world can be looked into: its sums are
 * compared with its records, its hashes with the bridge's.
 */

const VALUE_MS = 50

const { base, settings } = workerData as WorkerStart
const isABook = groupMatcher(settings.aBookGroups ?? [])
const newWorld = (): World => {
  const world = createWorld()
  world.isABook = isABook
  world.decisions = { ...world.decisions, ...settings.decided }
  return world
}
const intake = createIntake({ applied: () => {}, refused: () => {}, mismatch: () => {} }, newWorld)

const value = () => {
  const world = intake.world()
  if (!world) return null
  valueAll(world, base, intake.secMargins)
  return world
}

const memory = (): SoakMemory => {
  for (let i = 0; i < 2; i++) globalThis.gc?.()
  const { heapUsed: heap, external } = process.memoryUsage()
  const world = intake.world()
  return {
    heap,
    external,
    ledger: world?.ledger.bytes() ?? 0,
    places: world?.ledger.high() ?? 0,
    trades: world?.trades.size() ?? 0,
  }
}

const audit = () => {
  const world = value()
  if (!world) return null
  return {
    ...auditWorld(world),
    hashes: Object.fromEntries(recordStreams.map((name) => [name, world[name].hash()])),
  }
}

const channel = new BroadcastChannel(SOAK_CHANNEL)
channel.addEventListener('message', (event) => {
  const { id, about } = (event as unknown as { data: SoakQuestion }).data
  if (about !== undefined) channel.postMessage({ id, value: about === 'memory' ? memory() : audit() })
})
;(channel as unknown as { unref: () => void }).unref()
parentPort?.on('message', (message: ToWorker) => {
  // Of its own: the book gives a frame's memory back as soon as it has read it.
  if (message.kind === 'frame') intake.accept(message.header, message.frame.slice(), Date.now())
})
setInterval(value, VALUE_MS).unref()
