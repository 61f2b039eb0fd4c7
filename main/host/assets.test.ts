import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Assets, createAssets } from './assets.ts'
import { contentPolicy } from './content-policy.ts'

let dir = ''
let assets: Assets
beforeAll(async () => {
  dir = await mkdtemp(join(tmpdir(), 'deskline-assets-'))
  await mkdir(join(dir, 'web', 'assets'), { recursive: true })
  await writeFile(join(dir, 'secret.txt'), 'secret')
  await writeFile(join(dir, 'web', 'index.html'), '<!doctype html>')
  await writeFile(join(dir, 'web', 'assets', 'a-1.js'), 'export {}')
  assets = createAssets(join(dir, 'web'), ['ws://127.0.0.1:1'])
})
afterAll(() => rm(dir, { recursive: true }))

const text = (body: Uint8Array): string => new TextDecoder().decode(body)

describe('createAssets', () => {
  it('answers the page, not cached, with the policy on it', async () => {
    const page = await assets.answer('GET', '/')
    expect(page.status).toBe(200)
    expect(text(page.body)).toBe('<!doctype html>')
    expect(page.headers).toMatchObject({
      'content-type': 'text/html; charset=utf-8',
      'content-length': '15',
      'cache-control': 'no-cache',
      'content-security-policy': contentPolicy(['ws://127.0.0.1:1']),
    })
  })

  it('lets hashed assets be kept', async () => {
    const script = await assets.answer('GET', '/assets/a-1.js')
    expect(script.headers).toMatchObject({
      'content-type': 'text/javascript; charset=utf-8',
      'cache-control': 'public, max-age=31536000, immutable',
    })
  })

  it('answers HEAD with the length and no body', async () => {
    const head = await assets.answer('HEAD', '/')
    expect(head.headers['content-length']).toBe('15')
    expect(head.body.byteLength).toBe(0)
  })

  it.each([
    ['GET', '/../secret.txt', 404],
    ['GET', '/assets/%2e%2e/%2e%2e/secret.txt', 404],
    ['GET', '/missing.js', 404],
    ['GET', '/assets', 404],
    ['POST', '/', 405],
  ])('refuses %s %s with %i and the policy still on', async (method, path, status) => {
    const answer = await assets.answer(method, path)
    expect(answer.status).toBe(status)
    expect(text(answer.body)).not.toContain('secret')
    expect(answer.headers['content-security-policy']).toBe(contentPolicy(['ws://127.0.0.1:1']))
  })
})
