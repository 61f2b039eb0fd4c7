import { randomUUID } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { onTestFinished } from 'vitest'
import type { BridgeOptions } from '../../bridge/create-bridge.ts'
import type { TestSourceOptions } from '../../bridge/hub/test-source.ts'
import { type Log, silentLog, systemClock, systemTimers } from '../../shared/runtime/ports.ts'
import { createDesk, type Desk } from '../desk.ts'
import { keyFileOnly } from '../desk-options.ts'
import { createStage, type Stage } from '../link/integration-fixture.ts'
import { bookWorker } from './book-fixture.ts'
import { until } from './test-until.ts'
import { openTestWindow, ownOrigin, type TestWindow } from './test-window.ts'

export type TestDesk = {
  readonly stage: Stage
  /** The folder of its data; `start` uses the same again. */
  readonly profile: string
  /** Starts a desk and waits until it is live, unless told not to. */
  readonly start: (given?: { worker?: URL; wait?: boolean; log?: Log }) => Promise<Desk>
  /** A window whose role is chosen, if one is given. */
  readonly window: (desk: Desk, given?: WindowOptions) => Promise<TestWindow>
}

type WindowOptions = NonNullable<Parameters<typeof openTestWindow>[1]> & {
  role?: 'dealer' | 'sales' | 'compliance' | 'admin'
}

/** Test support: the whole desk as a host starts it, on a bridge of its own. All of it is closed after the test. */
export const testDesk = async (
  world: TestSourceOptions,
  options?: Partial<BridgeOptions>,
): Promise<TestDesk> => {
  const stage = await createStage(world, options)
  const profile = await mkdtemp(join(tmpdir(), 'deskline-desk-'))
  const closing: (() => unknown)[] = [() => rm(profile, { recursive: true }), stage.close]
  onTestFinished(async () => {
    for (const close of closing.splice(0).toReversed()) await close()
  })
  return {
    stage,
    profile,
    start: async ({ worker = bookWorker, wait = true, log = silentLog } = {}) => {
      const desk = await createDesk({
        profile,
        bridge: { kind: 'url', url: stage.bridge().url, credentials: { login: 1, password: 'demo' } },
        base: 'USD',
        keys: keyFileOnly,
        bookWorker: worker,
        bridgeWorker: new URL('../../bridge/worker.ts', import.meta.url),
        statementWorker: new URL('../statements/worker.ts', import.meta.url),
        storeWorker: new URL('../store/worker.ts', import.meta.url),
        searchWorker: new URL('../store/search/worker.ts', import.meta.url),
        host: 'electron',
        version: '0.0.0',
        trustedOrigins: [ownOrigin],
        clock: systemClock,
        timers: systemTimers,
        random: Math.random,
        newId: randomUUID,
        log,
      })
      let closed: Promise<void> | undefined
      const close = (): Promise<void> => (closed ??= desk.close())
      closing.push(close)
      if (wait) await until('the desk to be live', () => desk.status().link.phase === 'live')
      return { ...desk, close }
    },
    window: async (desk, { role, ...given } = {}) => {
      const window = openTestWindow(desk, given)
      closing.push(window.close)
      if (role) await window.api.session.open({ role })
      return window
    },
  }
}
