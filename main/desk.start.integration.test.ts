import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { silentLog, systemClock, systemTimers } from '../shared/runtime/ports.ts'
import { createDesk } from './desk.ts'
import { type DeskOptions, keyFileOnly } from './desk-options.ts'

let profile: string
beforeEach(async () => {
  profile = await mkdtemp(join(tmpdir(), 'deskline-'))
})
afterEach(() => rm(profile, { recursive: true }))

const options = (argv: readonly string[]): DeskOptions => ({
  profile,
  bridge: { kind: 'embedded', argv },
  base: 'USD',
  keys: keyFileOnly,
  bookWorker: new URL('book/worker.ts', import.meta.url),
  bridgeWorker: new URL('../bridge/worker.ts', import.meta.url),
  statementWorker: new URL('statements/worker.ts', import.meta.url),
  storeWorker: new URL('store/worker.ts', import.meta.url),
  searchWorker: new URL('store/search/worker.ts', import.meta.url),
  host: 'node',
  version: '0.0.0',
  trustedOrigins: [],
  clock: systemClock,
  timers: systemTimers,
  random: Math.random,
  newId: () => crypto.randomUUID(),
  log: silentLog,
})

const workers = (): number => process.getActiveResourcesInfo().filter((name) => name === 'MessagePort').length

describe('starting a desk', () => {
  it('closes what had started when the bridge does not, and leaves the profile free', async () => {
    const before = workers()
    await expect(createDesk(options(['--demo', 'nonsense=1']))).rejects.toThrow('nonsense')
    await expect.poll(workers).toBe(before)
    const desk = await createDesk(options(['--demo', 'seed=1', 'accounts=50', 'positions=20']))
    await expect.poll(() => desk.status().link.phase, { timeout: 30_000 }).toBe('live')
    await desk.close()
    await expect.poll(workers).toBe(before)
  })
})
