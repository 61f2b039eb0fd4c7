import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { request } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createORPCClient } from '@orpc/client'
import { RPCLink } from '@orpc/client/websocket'
import type { ContractRouterClient } from '@orpc/contract'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { WebSocket } from 'ws'
import type { DeskContract } from '../../shared/api/contract.ts'
import { silentLog, systemClock, systemTimers } from '../../shared/runtime/ports.ts'
import type { Desk } from '../desk.ts'
import { createFakeDesk } from './fake-desk.ts'
import { ListenError, openServer } from './listen.ts'
import { createNodeHost, type NodeHost } from './node-host.ts'

const listen = { host: '127.0.0.1', port: 0, tls: null, origin: null, token: null }
let folder = ''
let host: NodeHost
let fake: ReturnType<typeof createFakeDesk>
let startDesk: (origins: readonly string[]) => Promise<Desk>
const sockets: WebSocket[] = []

const start = async (): Promise<void> => {
  host = await createNodeHost({
    listen,
    assetRoot: folder,
    version: '1.2.3',
    user: 'anna',
    startDesk: (origins) => startDesk(origins),
    clock: systemClock,
    timers: systemTimers,
    log: silentLog,
  })
}

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'deskline-host-'))
  await mkdir(join(folder, 'assets'))
  await writeFile(join(folder, 'index.html'), '<!doctype html>')
  fake = createFakeDesk()
  startDesk = () => Promise.resolve(fake.desk)
})
afterEach(async () => {
  for (const socket of sockets.splice(0)) socket.terminate()
  await host.close()
  await rm(folder, { recursive: true })
})

const origin = (): string => host.url.split('/#')[0] ?? ''
const token = (): string => host.url.split('#token=')[1] ?? ''

const connect = (from = origin()): WebSocket => {
  const socket = new WebSocket(`${origin().replace('http', 'ws')}/ws`, { origin: from })
  sockets.push(socket)
  return socket
}

const opened = (socket: WebSocket): Promise<void> =>
  new Promise((done, fail) => {
    socket.once('open', done)
    socket.once('error', fail)
  })

const closed = (socket: WebSocket): Promise<{ code: number; reason: string }> =>
  new Promise((done) => socket.once('close', (code, reason) => done({ code, reason: reason.toString() })))

const admitted = async (): Promise<WebSocket> => {
  const socket = connect()
  await opened(socket)
  socket.send(JSON.stringify({ token: token() }))
  return socket
}

const get = (path: string, headers: Record<string, string> = {}): Promise<{ status: number; body: string }> =>
  new Promise((done, fail) => {
    request(`${origin()}${path}`, { headers }, (answer) => {
      const chunks: Buffer[] = []
      answer.on('data', (chunk: Buffer) => chunks.push(chunk))
      answer.on('end', () => done({ status: answer.statusCode ?? 0, body: Buffer.concat(chunks).toString() }))
    })
      .on('error', fail)
      .end()
  })

type Api = ContractRouterClient<DeskContract>

/** As renderer/data/browser-connection.ts does: text messages for oRPC, binary ones for frames. */
const clientOn = (socket: WebSocket): Api => {
  const target = {
    readyState: 1,
    send: (data: string) => socket.send(data),
    addEventListener: (type: string, fn: (event: unknown) => void) => {
      if (type === 'message')
        socket.on('message', (data: Buffer, isBinary) => {
          if (!isBinary) fn({ data: data.toString() })
        })
      else socket.on(type, fn)
    },
    removeEventListener: () => {},
  }
  return createORPCClient<Api>(new RPCLink({ websocket: target }))
}

describe('over HTTP', () => {
  it('serves the windows with the policy and its own sockets in it', async () => {
    await start()
    const page = await fetch(origin())
    expect(await page.text()).toBe('<!doctype html>')
    const sockets = origin().replace('http', 'ws')
    expect(page.headers.get('content-security-policy')).toContain(`connect-src 'self' ${sockets} `)
    expect((await fetch(`${origin()}/missing.js`)).status).toBe(404)
    expect((await get('/..%2fpackage.json')).status).toBe(404)
  })

  it('answers /health with figures and no secret', async () => {
    await start()
    await host.ready
    const answer = await get('/health')
    expect(answer.status).toBe(200)
    expect(answer.body).not.toContain(token())
    expect(JSON.parse(answer.body)).toMatchObject({
      ok: true,
      version: '1.2.3',
      node: process.version,
      host: 'node',
      windows: 0,
      uptimeSeconds: expect.any(Number),
      link: { phase: 'live', lagMs: 40, roundTripMs: 2 },
      book: { accounts: 3000, positions: 6000, frameAgeMs: expect.any(Number) },
      store: { ok: true },
    })
  })

  it('answers /metrics for Prometheus', async () => {
    await start()
    await host.ready
    const { status, body } = await get('/metrics')
    expect(status).toBe(200)
    expect(body).toMatch(/^deskline_link_phase\{phase="live"\} 1$/m)
    expect(body).toMatch(/^deskline_link_phase\{phase="offline"\} 0$/m)
    expect(body).toMatch(/^deskline_link_lag_seconds 0\.04$/m)
    expect(body).toMatch(/^deskline_link_hash_mismatches_total 0$/m)
    expect(body).toMatch(/^deskline_link_reconnects_total 2$/m)
    expect(body).toMatch(/^deskline_book_positions 6000$/m)
    expect(body).toMatch(/^process_cpu_seconds_total /m)
    expect((await get('/metrics')).body).toMatch(/^deskline_link_reconnects_total 2$/m)
  })

  it('says 503 while the desk is starting and serves the page already', async () => {
    let started: (desk: Desk) => void = () => {}
    startDesk = () =>
      new Promise((resolve) => {
        started = resolve
      })
    await start()
    expect((await get('/health')).status).toBe(503)
    expect((await get('/metrics')).status).toBe(503)
    expect((await get('/')).status).toBe(200)
    const waiting = connect()
    started(fake.desk)
    await opened(waiting)
    expect((await get('/health')).status).toBe(200)
  })

  it('does not answer under a name that was pointed at it', async () => {
    await start()
    expect((await get('/health', { host: 'evil.example.com' })).status).toBe(421)
    expect((await get('/', { host: `evil.example.com:${new URL(origin()).port}` })).status).toBe(421)
    expect((await get('/', { host: `localhost:${new URL(origin()).port}` })).status).toBe(200)
  })
})

describe('the door', () => {
  it('refuses a page of another origin before there is a socket', async () => {
    await start()
    await expect(opened(connect('https://evil.example.com'))).rejects.toThrow('403')
    expect(fake.open()).toBe(0)
  })

  it.each([
    ['a wrong token', JSON.stringify({ token: 'x' })],
    ['no JSON', 'hello'],
    ['a binary message', Buffer.from('{"token":"x"}')],
  ])('closes with 4401 on %s', async (_, first) => {
    await start()
    const socket = connect()
    await opened(socket)
    socket.send(first)
    expect((await closed(socket)).code).toBe(4401)
    expect(fake.open()).toBe(0)
  })

  it('closes on messages larger than a window ever sends', async () => {
    await start()
    const socket = await admitted()
    socket.send('x'.repeat(1024 * 1024 + 1))
    expect((await closed(socket)).code).toBe(1009)
  })

  it('tells its windows when the desk is stopped', async () => {
    await start()
    const socket = await admitted()
    await clientOn(socket).session.get()
    const end = closed(socket)
    await host.close()
    expect(await end).toEqual({ code: 1001, reason: 'The desk was stopped.' })
    expect(fake.closed()).toBe(true)
  })

  it('fails with the desk that does not start', async () => {
    startDesk = () => Promise.reject(new Error('no store'))
    await start()
    await expect(host.ready).rejects.toThrow('no store')
    await expect(opened(connect())).rejects.toThrow(/hang up|ECONNRESET/)
  })
})

describe('a window', () => {
  it('calls the desk as the local user from its own origin', async () => {
    await start()
    const session = await clientOn(await admitted()).session.get()
    expect(session).toMatchObject({ user: 'anna', host: 'node' })
    expect(fake.users).toEqual(['anna'])
  })

  it('gets streams', async () => {
    await start()
    const seen: string[] = []
    for await (const status of await clientOn(await admitted()).desk.watch()) seen.push(status.link.phase)
    expect(seen).toEqual(['live'])
  })

  it('gets frames and sends frames, apart from calls', async () => {
    await start()
    const socket = await admitted()
    const api = clientOn(socket)
    await api.session.get()
    const frame = new Promise<Buffer>((done) =>
      socket.on('message', (data: Buffer, isBinary) => {
        if (isBinary) done(data)
      }),
    )
    fake.channels[0]?.send(Uint8Array.of(1, 2, 3))
    expect([...(await frame)]).toEqual([1, 2, 3])
    socket.send(Uint8Array.of(4, 5))
    await api.session.get()
    expect(fake.received.map((bytes) => [...bytes])).toEqual([[4, 5]])
  })

  it('keeps its other calls when one message is malformed', async () => {
    await start()
    const socket = await admitted()
    for (const text of ['', '{', '[]', '{"i":1}', '{"i":"x","p":{"u":7}}', 'null', '"x"']) socket.send(text)
    expect(await clientOn(socket).session.get()).toMatchObject({ user: 'anna' })
    const metrics = await get('/metrics')
    expect(Number(/^deskline_window_refused_total (\d+)$/m.exec(metrics.body)?.[1])).toBeGreaterThan(0)
  })

  it('leaves nothing behind when it is gone', async () => {
    await start()
    const socket = await admitted()
    await clientOn(socket).session.get()
    expect(fake.open()).toBe(1)
    socket.terminate()
    await vi.waitFor(() => expect(fake.open()).toBe(0))
    expect(JSON.parse((await get('/health')).body)).toMatchObject({ windows: 0 })
  })
})

describe('openServer', () => {
  it('says so when the port is taken, and takes another where none was named', async () => {
    await start()
    const port = Number(new URL(origin()).port)
    await expect(openServer({ ...listen, port })).rejects.toThrow(
      `Cannot listen on 127.0.0.1 port ${port}: it is taken by another program.`,
    )
  })

  it('names a certificate it cannot read', async () => {
    await start()
    const missing = join(folder, 'none.pem')
    const opening = openServer({ ...listen, tls: { cert: missing, key: missing } })
    await expect(opening).rejects.toThrow(ListenError)
    await expect(opening).rejects.toThrow(`${missing} cannot be read (ENOENT).`)
  })
})
