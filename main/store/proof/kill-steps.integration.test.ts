import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gunzipSync } from 'node:zlib'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest'
import { silentLog, systemClock } from '../../../shared/runtime/ports.ts'
import { createStore } from '../create-store.ts'
import { keyFileOnly } from '../keys/types.ts'
import { seeded } from '../outbox/testing/virtual-time.ts'
import { bundleProof, type ProofBundle } from './testing/bundle.ts'
import { beginLife } from './testing/kill-series.ts'
import { createModelBridge } from './testing/model-bridge.ts'
import type { ChildTask, Picture } from './testing/proof-child.ts'
import { readSaid } from './testing/said.ts'
import { actOf, documentOf, perform } from './testing/slots.ts'

vi.setConfig({ testTimeout: 300_000, hookTimeout: 120_000 })

/** Rounds of each step; each is killed several times on its way. */
const ROUNDS = Number(process.env['DESKLINE_KILL_ROUNDS'] ?? 2)
const KILLS = 6

let bundle: ProofBundle
let folder = ''
beforeAll(async () => {
  bundle = await bundleProof()
})
afterAll(() => bundle.remove())
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'deskline-steps-'))
})
afterEach(() => rmSync(folder, { recursive: true }))

const open = (profile = folder) =>
  createStore({ path: join(profile, 'desk.sqlite'), keys: keyFileOnly, clock: systemClock, log: silentLog })

let life = 0
const child = (seed: number, task: ChildTask['task'], bridge = createModelBridge(seeded(seed))) => {
  const first = ++life * 100_000
  const said = join(folder, `said-${first}`)
  writeFileSync(said, '')
  const began = beginLife(bundle, bridge, { folder, worker: bundle.worker, seed, first, task })
  return { ...began, said: () => readSaid(said) }
}
const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms))

/** Runs a task to its end; answers what was found when it opened, and how long all of it took. */
const whole = async (
  seed: number,
  task: ChildTask['task'],
  bridge?: ReturnType<typeof createModelBridge>,
) => {
  const began = performance.now()
  const one = child(seed, task, bridge)
  const picture = await one.picture
  const code = await one.ended
  expect(one.said().failed).toEqual([])
  expect(code).toBe(0)
  return { picture: picture as Picture, ms: performance.now() - began }
}
const killed = async (
  seed: number,
  task: ChildTask['task'],
  afterMs: number,
  behind: 'start' | 'opening' = 'start',
): Promise<void> => {
  const one = child(seed, task)
  if (behind === 'opening') await one.picture
  await Promise.race([pause(afterMs), one.ended])
  one.kill()
  await one.ended
  expect(one.said().failed).toEqual([])
}
type Some = { readonly id: string; readonly outgoing?: unknown }
/** Documents by id, without the commands that they caused. */
const contents = (picture: Pick<Picture, 'documents'>): Map<string, object> =>
  new Map(
    Object.values(picture.documents)
      .flat()
      .map(({ outgoing: _outgoing, ...rest }: Some) => [rest.id, rest]),
  )
const rounds = Array.from({ length: ROUNDS }, (_, i) => i + 1)

describe('killed on the way', () => {
  it.each(rounds)(
    'the move of an old file to this format begins again and loses nothing (%i)',
    async (seed) => {
      const random = seeded(seed)
      for (const each of ['desk', 'journal']) {
        const packed = readFileSync(new URL(`../testing/${each}-format-1.sqlite.gz`, import.meta.url))
        writeFileSync(join(folder, `${each}.sqlite`), gunzipSync(packed))
      }
      for (let i = 0; i < KILLS; i++) await killed(seed, 'picture', 100 + random() * 600)
      const store = await open()
      expect(store.health().ok).toBe(true)
      expect(await store.alerts.current(0)).toHaveLength(40)
      expect(await store.rules.list()).toHaveLength(4)
      expect(await store.layouts.get('dealer:main')).toBe('{"panel":1}')
      expect(await store.documents.settings.count({ kind: 'rule' })).toBe(0)
      expect(await store.data?.check()).toEqual([])
      await store.close()
      expect(readFileSync(join(folder, 'desk.sqlite')).includes('Иван')).toBe(false)
    },
  )

  it.each(rounds)(
    'a restore is done at the next start, and nothing goes out twice after it (%i)',
    async (seed) => {
      const random = seeded(seed)
      const bridge = createModelBridge(random)
      const before = await open()
      for (let n = 1; n <= 60; n++) await perform(before.documents, actOf(n, random))
      const backup = await before.data?.backup()
      await before.close()
      const wanted = contents((await whole(seed, 'picture')).picture)
      const { ms } = await whole(seed, 'drain', bridge)
      const executed = bridge.executed.length
      expect(executed).toBeGreaterThan(0)
      const after = await open()
      for (let n = 1_000; n <= 1_040; n++) await perform(after.documents, actOf(n, random))
      await after.data?.planRestore(backup?.name ?? '')
      await after.close()

      for (let i = 0; i < KILLS; i++) await killed(seed, 'picture', random() * ms)
      expect(contents((await whole(seed, 'picture')).picture)).toEqual(wanted)
      expect(existsSync(join(folder, 'restore.json'))).toBe(false)
      bridge.restart()
      const { picture } = await whole(seed, 'drain', bridge)
      expect(picture.outbox.length).toBeGreaterThan(0)
      const keys = bridge.executed.map(({ key }) => key)
      expect(new Set(keys).size).toBe(keys.length)
      expect(keys).toHaveLength(executed)
    },
  )

  it.each(rounds)('an import is there as a whole or not at all (%i)', async (seed) => {
    const random = seeded(seed)
    const other = join(folder, 'other')
    mkdirSync(other)
    const from = await open(other)
    const many = Array.from({ length: 600 }, (_, i) => ({
      id: `settings-${i}`,
      kind: 'layout',
      key: 'given',
      json: `"given ${i}"`,
    }))
    await Promise.all(many.map((each) => from.documents.settings.put(each)))
    for (let n = 1; n <= 60; n++) await perform(from.documents, actOf(n, random))
    const exported = await from.data?.export(true, 'ann')
    const given = contents({
      documents: {
        clients: await from.documents.clients.find({}),
        interactions: await from.documents.interactions.find({}),
        payments: await from.documents.payments.find({}),
        settings: await from.documents.settings.find({}),
      },
    })
    await from.close()
    cpSync(exported?.folder ?? '', join(folder, 'imports', 'given'), { recursive: true })

    const store = await open()
    for (let n = 100; n <= 160; n++) await perform(store.documents, { ...actOf(n, random), removes: false })
    await store.close()
    const without = contents((await whole(seed, 'picture')).picture)
    const wholeSize = new Set([...without.keys(), ...given.keys()]).size
    let undone = 0
    for (let i = 0; i < KILLS; i++) {
      await killed(seed, 'import', random() * 250, 'opening')
      const now = contents((await whole(seed, 'picture')).picture)
      const isWhole = now.has('settings-599')
      expect(isWhole ? now.size : now).toEqual(isWhole ? wholeSize : without)
      if (isWhole) break
      undone += 1
    }
    await whole(seed, 'import')
    const now = contents((await whole(seed, 'picture')).picture)
    expect(now.size).toBe(wholeSize)
    expect([...without.keys()].filter((id) => !now.has(id))).toEqual([])
    for (const [id, document] of given) expect(now.get(id)).toEqual(document)
    console.log(`${undone} imports were undone`)
  })
})

it('what a write makes of a slot fits its schema', async () => {
  const store = await open()
  for (let n = 1; n <= 30; n++) {
    const act = { ...actOf(n, Math.random), removes: false }
    await perform(store.documents, act)
    expect(await store.documents[act.collection].get(act.id)).toEqual(documentOf(act))
  }
  await store.close()
})
