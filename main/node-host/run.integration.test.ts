import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'

const entry = resolve(import.meta.dirname, '..', 'serve.ts')

let profile = ''
let children: ChildProcess[] = []
beforeEach(() => {
  profile = mkdtempSync(join(tmpdir(), 'deskline-run-'))
})
afterEach(async () => {
  const running = children.filter((child) => child.exitCode === null && child.signalCode === null)
  children = []
  const gone = running.map((child) => once(child, 'exit'))
  for (const child of running) child.kill('SIGKILL')
  await Promise.all(gone)
  rmSync(profile, { recursive: true })
})

/** The Node host from its sources, with what it writes. */
const run = (...args: string[]) => {
  const child = spawn(process.execPath, [entry, '--profile', profile, ...args], {
    env: { ...process.env, NODE_NO_WARNINGS: '1' },
  })
  children.push(child)
  const written = { out: '', err: '' }
  child.stdout.on('data', (chunk) => {
    written.out += String(chunk)
  })
  child.stderr.on('data', (chunk) => {
    written.err += String(chunk)
  })
  const ended = once(child, 'close').then(([code]) => ({ code: code as number | null, ...written }))
  const listening = new Promise<string>((done) => {
    child.stdout.on('data', () => {
      const url = /(http:\S+)\n/.exec(written.out)?.[1]
      if (url !== undefined) done(url)
    })
  })
  return { child, ended, listening }
}

describe('serve', () => {
  it.each([
    [['--port', 'x'], /^--port: x is not a port \(0 to 65535\)\.\n$/],
    [['--nonsense'], /^Unknown option '--nonsense'\.\n$/],
    [['--port', '0', '--demo', 'weather=fine'], /^"weather=fine" was not understood; expected one of seed= /],
    [['--port', '0', '--replay', 'speed=2'], /^--replay needs ticks=DIR\n$/],
  ])('answers wrong arguments %j with one sentence and code 2', async (args, words) => {
    const { code, err } = await run(...args).ended
    expect(err).toMatch(words)
    expect(code).toBe(2)
  })

  it('explains itself', async () => {
    const { code, out } = await run('--help').ended
    expect(out).toContain('--tls-cert FILE --tls-key FILE')
    expect(code).toBe(0)
  })

  it('says that the port is taken and ends with 1', async () => {
    const first = run('--port', '0', '--demo', 'accounts=50', 'positions=50', 'clients=40')
    const { port } = new URL(await first.listening)
    const { code, err } = await run('--port', port, '--demo').ended
    expect(err).toBe(`Cannot listen on 127.0.0.1 port ${port}: it is taken by another program.\n`)
    expect(code).toBe(1)
  })

  it('serves a live desk and stops cleanly on SIGTERM', async () => {
    const host = run('--port', '0', '--demo', 'accounts=50', 'positions=50', 'clients=40')
    const url = await host.listening
    expect(url).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/#token=[\w-]{32}$/)
    const health = new URL('/health', url)
    await expect
      .poll(async () => (await fetch(health)).json(), { timeout: 30_000 })
      .toMatchObject({ ok: true, link: { phase: 'live' }, book: { accounts: expect.any(Number) } })
    host.child.kill('SIGTERM')
    expect(await host.ended).toMatchObject({ code: 0, err: '' })
    expect(readdirSync(profile)).toContain('log')
  })

  it('stops while the desk is still starting', async () => {
    const host = run('--port', '0', '--demo')
    await host.listening
    host.child.kill('SIGINT')
    expect(await host.ended).toMatchObject({ code: 0, err: '' })
  })
})
