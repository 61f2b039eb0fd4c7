import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { expect, it } from 'vitest'
import { silentLog, systemTimers } from '../../../shared/runtime/ports.ts'
import { createHarness } from '../testing/harness.ts'
import { plainSealer } from '../testing/plain-sealer.ts'
import { createLastBook } from './last-book.ts'

const writer = fileURLToPath(new URL('../testing/last-book-writer.ts', import.meta.url))
const KILLS = 12
const KEY = '07'.repeat(32)

/** Writes until it is killed, `after` ms behind its first whole file; the last round it said was on disk. */
const writeAndDie = async (path: string, after: number): Promise<number> => {
  const child = spawn(process.execPath, [writer, path, KEY], { stdio: ['ignore', 'pipe', 'inherit'] })
  let said = ''
  child.stdout.on('data', (text: Buffer) => {
    said += text.toString()
  })
  const closed = once(child, 'close')
  await Promise.race([once(child.stdout, 'data'), closed])
  await wait(after)
  child.kill('SIGKILL')
  await closed
  return Number(said.trim().split('\n').at(-1))
}

it('a desk killed at any moment while it writes leaves a whole book: the one it was at, or the one before', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'deskline-killed-'))
  const path = join(folder, 'last-book.sealed')
  let halfWritten = 0
  try {
    for (let kill = 0; kill < KILLS; kill++) {
      const whole = await writeAndDie(path, (kill * 37) % 61)
      if ((await readdir(folder)).includes('last-book.sealed.new')) halfWritten++
      const { core, now } = createHarness()
      const lastBook = createLastBook({
        path,
        sealer: plainSealer(Buffer.from(KEY, 'hex')),
        server: 'a bridge',
        book: { keep: async (question) => core.keep(question), restore: async (part) => core.restore(part) },
        clock: { now },
        timers: systemTimers,
        log: silentLog,
      })
      expect(await lastBook.restore()).not.toBeNull()
      const balance = core.account(1)?.user.balance
      expect([whole, whole + 1]).toContain(balance)
      expect(core.hashes().trades.rows).toBe(20_000)
    }
    // Else it was never killed in the middle of it.
    expect(halfWritten).toBeGreaterThan(0)
  } finally {
    await rm(folder, { recursive: true })
  }
})
