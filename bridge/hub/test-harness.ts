import { afterEach, expect } from 'vitest'
import type { SignIn } from '../../shared/bridge/protocol.ts'
import { createBridge } from '../create-bridge.ts'
import { seededRandom } from './seeded-random.ts'
import { createTestDesk, type TestDesk, type TestDeskOptions, until } from './test-desk.ts'
import { createTestSource, type TestSource, type TestSourceOptions } from './test-source.ts'
import type { Bridge, BridgeOptions } from './types.ts'

export const dealer: SignIn = { login: 1, password: 'demo' }

export type TestWorld = { source: TestSource; bridge: Bridge }

/** Bridges and desks of one test file; closed after each test, the newest first. */
export const createHarness = () => {
  const closing: (() => unknown)[] = []
  afterEach(async () => {
    for (const close of closing.splice(0).toReversed()) await close()
  })
  return {
    closing,
    /** A bridge on the test source: login 1, password demo, or a token. */
    world: async (of: TestSourceOptions = {}, options: Partial<BridgeOptions> = {}): Promise<TestWorld> => {
      const source = createTestSource(of)
      const bridge = await createBridge({
        source,
        port: 0,
        credentials: [{ login: 1, password: 'demo', name: 'Dealer', groups: '*' }],
        tokens: ['a-token-of-the-test'],
        random: seededRandom(7),
        ...options,
      })
      closing.push(bridge.close)
      return { source, bridge }
    },
    desk: (bridge: Bridge, options: Partial<TestDeskOptions> = {}): TestDesk => {
      const made = createTestDesk({ url: bridge.url, ...options })
      closing.push(made.close)
      return made
    },
    /** The desk has everything the bridge has, nothing else, and heard nothing that the protocol does not allow. */
    same: async (d: TestDesk, bridge: Bridge): Promise<void> => {
      await until(
        'the numbers of the bridge',
        () => d.live() && JSON.stringify(d.seqs()) === JSON.stringify(bridge.seqs()),
      )
      expect(d.hashes()).toEqual(bridge.hashes())
      expect(d.problems).toEqual([])
      expect(d.mismatches()).toBe(0)
    },
  }
}
