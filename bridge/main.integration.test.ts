import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { Worker } from 'node:worker_threads'
import { afterEach, describe, expect, it } from 'vitest'
import { createTestDesk, type TestDesk, until } from './hub/test-desk.ts'

const entry = new URL('main.ts', import.meta.url).pathname
const small = ['accounts=60', 'clients=40', 'positions=120', 'seed=test', 'ticks-per-second=200']
const closing: (() => unknown)[] = []

afterEach(async () => {
  for (const close of closing.splice(0).toReversed()) await close()
})

const run = (argv: readonly string[], env: Record<string, string> = {}) => {
  const child: ChildProcess = spawn(process.execPath, [entry, ...argv], {
    env: { ...process.env, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const said = { out: '', err: '' }
  child.stdout?.on('data', (text) => (said.out += String(text)))
  child.stderr?.on('data', (text) => (said.err += String(text)))
  closing.push(() => child.kill('SIGKILL'))
  return { child, said, ended: once(child, 'exit') as Promise<[number | null]> }
}

const desk = (url: string): TestDesk => {
  const made = createTestDesk({ url })
  closing.push(made.close)
  return made
}

/** A live copy whose hashes the bridge confirms. */
const confirmed = async (d: TestDesk): Promise<void> => {
  await until('a live copy that agrees', () => d.live() && d.checkpoints.length > 0, 30_000)
  expect(d.problems).toEqual([])
  expect(d.mismatches()).toBe(0)
}

describe('the bridge alone', () => {
  it('serves the demo broker and stops cleanly', async () => {
    const { child, said, ended } = run(['--port', '0', ...small])
    await until('its address', () => said.out.includes('\n'), 30_000)
    const url = /^bridge \(demo\) on (http:\/\/127\.0\.0\.1:\d+)\n$/.exec(said.out)?.[1] ?? ''
    const d = desk(url)
    await d.start({ login: 1, password: 'demo' })
    await confirmed(d)
    await until('ticks', () => d.ticks() > 100)
    child.kill('SIGTERM')
    expect((await ended)[0]).toBe(0)
    await until('the farewell', () => d.byes.length === 1)
  })

  it.each([
    [['--host', '0.0.0.0'], 1, 'NOT_LOOPBACK'],
    [['--port', 'x'], 2, 'BAD_OPTION'],
    [['--replay', 'ticks=/nowhere/at/all'], 1, 'nowhere'],
    [['--tls-cert', '/nowhere/a', '--tls-key', '/nowhere/b', '--token', 'x'], 1, 'nowhere'],
  ])('says in a line why it does not start: %j', async (argv, code, text) => {
    const { said, ended } = run(argv)
    expect((await ended)[0]).toBe(code)
    expect(said.err).toContain(text)
    expect(said.err.trim().split('\n')).toHaveLength(1)
  })
})

describe('the bridge in a worker', () => {
  const start = (argv: readonly string[]): Worker => {
    const worker = new Worker(new URL('worker.ts', import.meta.url), { workerData: { argv } })
    closing.push(() => worker.terminate())
    return worker
  }

  it('tells its address and a token, and ends when told', async () => {
    const worker = start(['--demo', ...small])
    const [message] = (await once(worker, 'message')) as [{ ready: { url: string; token: string } }]
    const { url, token } = message.ready
    expect(token.length).toBeGreaterThanOrEqual(32)
    const d = desk(url)
    await d.start({ token })
    await confirmed(d)
    const stranger = desk(url)
    await stranger.hello()
    expect(await stranger.signIn({ login: 1, password: 'demo' })).toMatchObject({ ok: false })
    const ended = once(worker, 'exit')
    worker.postMessage('close')
    expect((await ended)[0]).toBe(0)
  })

  it('tells why it could not start', async () => {
    const worker = start(['--demo', 'colour=red'])
    const ended = once(worker, 'exit')
    const [message] = await once(worker, 'message')
    expect(message).toEqual({ failed: expect.stringContaining('colour=red') })
    expect((await ended)[0]).toBe(0)
  })
})
