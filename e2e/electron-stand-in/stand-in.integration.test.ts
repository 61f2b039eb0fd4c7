import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, relative, sep } from 'node:path'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { inProject } from '../../build/project.ts'
import { type App, runApp } from './run-app.ts'

/** The policy as it must stand on every asset; main/host/content-policy.test.ts holds the same words. */
const POLICY =
  "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; font-src 'self'; img-src 'self' data:; " +
  "connect-src 'self'; worker-src 'self'; manifest-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"

const rendererFolder = inProject('out/renderer')
const filesUnder = (folder: string): string[] =>
  readdirSync(folder).flatMap((name) => {
    const path = join(folder, name)
    return statSync(path).isDirectory() ? filesUnder(path) : [path]
  })

let profile = ''
let app: App
beforeAll(async () => {
  if (!existsSync(inProject('out/main/index.js'))) throw new Error('Run npm run build first.')
  profile = mkdtempSync(join(tmpdir(), 'deskline-stand-in-'))
  app = await runApp(['--no-sandbox', '--profile', profile, '--demo', 'accounts=300', 'positions=600'])
})
afterAll(() => {
  app?.kill()
  rmSync(profile, { recursive: true, force: true })
})

describe('the built Electron host on the stand-in', () => {
  it('opens one window with the secure options and shows our page', async () => {
    const { windows, sandboxed, menus, errors, userData } = await app.ask('facts', null)
    expect(errors).toEqual([])
    expect(sandboxed).toBe(true)
    expect(menus).toBe(1)
    expect(userData).toBe(join(profile, 'electron'))
    expect(windows).toHaveLength(1)
    expect(windows[0]?.options).toMatchObject({ show: false, x: 160, y: 20, width: 1600, height: 1000 })
    expect(windows[0]?.options['webPreferences']).toEqual({
      preload: inProject('out/preload/index.cjs'),
      contextIsolation: true,
      sandbox: true,
      nodeIntegration: false,
      nodeIntegrationInWorker: false,
      nodeIntegrationInSubFrames: false,
      webSecurity: true,
      allowRunningInsecureContent: false,
      experimentalFeatures: false,
      webviewTag: false,
      navigateOnDragDrop: false,
      safeDialogs: true,
      spellcheck: false,
      backgroundThrottling: false,
    })
  })

  it('shows it once its page is there', async () => {
    await vi.waitFor(async () => {
      const { windows } = await app.ask('facts', null)
      expect(windows[0]).toMatchObject({ url: 'app://deskline/', shown: true })
    })
  })

  it('registers app:// as a standard secure scheme that may not bypass the policy', async () => {
    const { schemes } = await app.ask('facts', null)
    expect(schemes).toEqual([
      { scheme: 'app', privileges: { standard: true, secure: true, supportFetchAPI: true } },
    ])
  })

  it('answers every built asset with the policy on it', async () => {
    const files = filesUnder(rendererFolder)
    expect(files.length).toBeGreaterThan(2)
    for (const file of files) {
      const path = relative(rendererFolder, file).split(sep).join('/')
      const { status, headers, body } = await app.ask('fetch', {
        url: `app://deskline/${path}`,
        method: 'GET',
      })
      const whole = Buffer.from(body, 'base64').equals(readFileSync(file))
      expect({ path, status, whole, ...headers }).toMatchObject({
        path,
        status: 200,
        whole: true,
        'content-security-policy': POLICY,
        'x-content-type-options': 'nosniff',
        'referrer-policy': 'no-referrer',
      })
      expect(`${path} ${headers['content-type']}`).not.toContain('octet-stream')
    }
  })

  it('ships a page whose scripts fit the policy', () => {
    const page = readFileSync(join(rendererFolder, 'index.html'), 'utf8')
    expect(page).not.toMatch(/<script(?![^>]*\ssrc=)[^>]*>/)
    expect(page).not.toMatch(/\son[a-z]+=/i)
    expect(filesUnder(rendererFolder).filter((file) => file.endsWith('.map'))).toEqual([])
  })

  it.each([
    'app://deskline/../main/index.js',
    'app://deskline/%2e%2e/main/index.js',
    'app://deskline/assets/%2e%2e%2f%2e%2e%2fmain%2findex.js',
    'app://deskline/..%5cmain%5cindex.js',
    'app://other/index.html',
    'app://deskline.example.com/index.html',
    'app://deskline/missing.js',
  ])('has nothing at %s, and the policy is on that, too', async (url) => {
    const answer = await app.ask('fetch', { url, method: 'GET' })
    expect(answer.status).toBe(404)
    expect(answer.headers['content-security-policy']).toBe(POLICY)
  })

  it('answers GET and HEAD only', async () => {
    expect((await app.ask('fetch', { url: 'app://deskline/', method: 'POST' })).status).toBe(405)
    expect(await app.ask('fetch', { url: 'app://deskline/', method: 'HEAD' })).toMatchObject({
      status: 200,
      body: '',
    })
  })

  it('stays on its page', async () => {
    expect(await app.ask('navigate', { url: 'app://deskline/', main: true })).toEqual({
      prevented: false,
      opened: [],
    })
    for (const url of ['https://example.com/', 'file:///etc/passwd', 'app://other/', 'javascript:alert(1)'])
      for (const main of [true, false])
        expect({ url, ...(await app.ask('navigate', { url, main })) }).toEqual({
          url,
          prevented: true,
          opened: [],
        })
  })

  it('hands telephone and mail addresses to the system, once, and from the main frame only', async () => {
    const tel = 'tel:+442079460958'
    expect(await app.ask('navigate', { url: tel, main: true })).toEqual({ prevented: true, opened: [tel] })
    expect(await app.ask('navigate', { url: tel, main: false })).toEqual({ prevented: true, opened: [] })
    expect(await app.ask('open', { url: 'mailto:a@example.com' })).toEqual({
      prevented: true,
      opened: ['mailto:a@example.com'],
    })
  })

  it('opens no windows, attaches no webview and grants no permission', async () => {
    for (const url of ['https://example.com/', 'app://deskline/', 'about:blank'])
      expect({ url, ...(await app.ask('open', { url })) }).toEqual({ url, prevented: true, opened: [] })
    expect(await app.ask('webview', null)).toEqual({ prevented: true, opened: [] })
    expect((await app.ask('facts', null)).granted).toEqual({
      camera: false,
      check: false,
      device: false,
      download: false,
    })
  })

  it('has a preload that needs only electron and exposes only the ports and the version', async () => {
    expect(await app.ask('preload', null)).toEqual({
      required: ['electron'],
      exposed: { deskline: { version: 'string', requestPorts: 'function' } },
    })
  })

  it.each([
    ['a frame inside our page', { url: 'app://deskline/', nested: true }],
    ['a page of the web', { url: 'https://example.com/', nested: false }],
    ['a page that begins like ours', { url: 'app://deskline.example.com/', nested: false }],
    ['a file', { url: 'file:///tmp/index.html', nested: false }],
  ])('gives no ports to %s', async (_, sender) => {
    expect(await app.ask('ports', sender)).toBe(0)
  })

  it('gives ports to our own page', async () => {
    expect(await app.ask('ports', { url: 'app://deskline/', nested: false })).toBe(1)
  })

  it('brings live figures of the demo broker through the ports', async () => {
    const live = await app.ask('live', { frames: 10 })
    expect(live.session).toMatchObject({ role: 'dealer', host: 'electron', demo: true })
    expect(live.phases.at(-1)).toBe('live')
    expect(live.frames).toBeGreaterThanOrEqual(10)
    expect(live.rows).toBeGreaterThan(0)
    expect(live.matched).toBeGreaterThanOrEqual(300)
    expect(live.live).toBe(true)
    expect(new Set(live.valuedAt).size).toBeGreaterThan(1)
  })

  it('locks the desk’s keys with the system’s keychain', () => {
    const { lock } = JSON.parse(readFileSync(join(profile, 'desk.keys'), 'utf8'))
    expect(lock).toMatchObject({ source: 'keychain', key: expect.any(String) })
    expect(existsSync(join(profile, 'desk.key'))).toBe(false)
  })

  it('connects again after a reload', async () => {
    expect((await app.ask('live', { frames: 2 })).frames).toBeGreaterThanOrEqual(2)
  })

  it('shows its window when started once more', async () => {
    expect(await app.ask('secondInstance', null)).toBe(1)
  })

  it('closes the desk and ends', async () => {
    await app.ask('quit', null)
    expect(await app.ended).toBe(0)
    expect(JSON.parse(readFileSync(join(profile, 'window.json'), 'utf8'))).toEqual({
      bounds: { x: 160, y: 20, width: 1600, height: 1000 },
      maximized: false,
    })
  })
})

describe('the stand-in', () => {
  it('refuses by name what it does not stand for', async () => {
    const { strict } = await import('./strict.ts')
    const app = strict('app', { quit: () => 'quit' }) as Record<string, unknown> & { quit: () => string }
    expect(app.quit()).toBe('quit')
    expect(() => app['relaunch']).toThrow('electron.app.relaunch is not part of the stand-in')
    expect(() => {
      app['name'] = 'x'
    }).toThrow('electron.app.name may not be set')
  })
})

describe('a wrong command line', () => {
  it('is answered with one sentence and code 2', async () => {
    await expect(runApp(['--bridge', 'ftp://x'])).rejects.toThrow(
      /ended with 2 before it was ready: --bridge: ftp:\/\/x is not an http, https, ws or wss address\.\n$/,
    )
  })
})
