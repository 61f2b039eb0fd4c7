import { fork } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { readKeyList } from './sealing/key-list.ts'
import { type KeyRing, withNewKey } from './sealing/key-ring.ts'
import { openSealed, stored } from './testing/sealed-docs.ts'
import type { SealingNotice } from './types.ts'

let folder = ''
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'sqlite-reseal-'))
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

const ROWS = 20_000

/** Lets a process seal anew and write until it has told this much, and kills it; answers what it acknowledged. */
const killed = async (filename: string, keys: KeyRing, prefix: string, ms: number) => {
  const child = fork(new URL('./testing/reseal-child.ts', import.meta.url), { serialization: 'advanced' })
  const written: string[] = []
  const notices: SealingNotice[] = []
  const opened = Promise.withResolvers<void>()
  const begun = Promise.withResolvers<void>()
  child.on('message', (message: { opened?: true; written?: string; notice?: SealingNotice }) => {
    if (message.opened) opened.resolve()
    if (message.written) written.push(message.written)
    if (!message.notice) return
    notices.push(message.notice)
    begun.resolve()
  })
  child.send({ filename, keys, prefix })
  await opened.promise
  // Once all is done there is nothing to hear.
  await Promise.race([begun.promise, wait(2_000)])
  await wait(ms)
  const gone = once(child, 'exit')
  child.kill('SIGKILL')
  await gone
  return { written, notices }
}

it('goes on with sealing anew after every kill, and loses no document', async () => {
  const filename = join(folder, 'a.sqlite')
  const old = withNewKey(null)
  const ids = Array.from({ length: ROWS }, (_, n) => `first-${n}`)
  const first = openSealed(filename, old)
  const instance = await first.instance
  for (let at = 0; at < ROWS; at += 2_000)
    await instance.bulkWrite(
      ids.slice(at, at + 2_000).map((id) => ({ document: stored(id) })),
      'test',
    )
  await instance.close()

  const ring = withNewKey(old)
  const progress: number[] = []
  for (let round = 0; round < 6; round++) {
    const { written, notices } = await killed(filename, ring, `round-${round}`, 20 + round * 25)
    ids.push(...written)
    const last = notices.at(-1)
    if (last && 'total' in last) progress.push(last.total)
  }
  // Each process had less to do than the one before it.
  expect(progress.length).toBeGreaterThan(1)
  expect(progress).toEqual(progress.toSorted((a, b) => b - a))

  const { storage, instance: opening } = openSealed(filename, ring)
  const done = new Promise<void>((resolve) => {
    storage.onSealing('sealed', (notice) => {
      if ('done' in notice && notice.done) resolve()
    })
  })
  const again = await opening
  if (readKeyList(filename).length > 1) await done
  const found = await again.findDocumentsById(ids, false)
  expect(found.map(({ secret }) => secret).toSorted()).toEqual(ids.map((id) => `secret of ${id}`).toSorted())
  await again.close()
  expect(readKeyList(filename).map(({ id }) => id)).toEqual([ring.current])
}, 120_000)
