import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { hostname, tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { systemClock } from '../../shared/runtime/ports.ts'
import { lockProfile } from './profile-lock.ts'

let folder = ''
let children: ChildProcess[] = []
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'deskline-lock-'))
})
afterEach(() => {
  for (const child of children) child.kill('SIGKILL')
  children = []
  rmSync(folder, { recursive: true })
})
const path = () => join(folder, 'desk.sqlite')

/** Another process that holds the profile until it is killed. */
const holder = async (): Promise<ChildProcess> => {
  const script = join(folder, 'hold.mjs')
  writeFileSync(
    script,
    `import { lockProfile } from ${JSON.stringify(new URL('profile-lock.ts', import.meta.url).href)}
     lockProfile(${JSON.stringify(path())}, { now: () => Date.UTC(2026, 10, 22) })
     process.send('held')
     setInterval(() => {}, 1000)`,
  )
  const child = fork(script)
  children.push(child)
  await once(child, 'message')
  return child
}

it('tells the second process who holds the profile; one that was killed holds nothing', async () => {
  const child = await holder()
  const refusal = (() => {
    try {
      lockProfile(path(), systemClock)()
      return 'free'
    } catch (error) {
      return String(error)
    }
  })()
  expect(refusal).toContain('StoreInUse')
  for (const part of [`process ${child.pid} `, hostname(), '2026-11-22T00:00:00.000Z'])
    expect(refusal).toContain(part)

  child.kill('SIGKILL')
  await once(child, 'exit')
  expect(readFileSync(join(folder, 'desk.holder.json'), 'utf8')).toContain(String(child.pid))
  const release = lockProfile(path(), systemClock)
  expect(readFileSync(join(folder, 'desk.holder.json'), 'utf8')).toContain(`"pid":${process.pid}`)
  expect(() => lockProfile(path(), systemClock)).toThrow('is in use by another Deskline')
  release()
  lockProfile(path(), systemClock)()
})
