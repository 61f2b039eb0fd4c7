import { existsSync, mkdtempSync, readFileSync, rmSync, truncateSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { createFileLog } from './file-log.ts'

let profile = ''
beforeEach(() => {
  profile = mkdtempSync(join(tmpdir(), 'deskline-log-'))
})
afterEach(() => rmSync(profile, { recursive: true }))

describe('createFileLog', () => {
  it('writes a JSON line an event, at once, without secrets', () => {
    const log = createFileLog(profile, 'desk')
    log.warn({ token: 't0ken', bridge: { password: 'pa55' }, phase: 'live' }, 'link')
    const text = readFileSync(log.path, 'utf8')
    expect(JSON.parse(text)).toMatchObject({ level: 40, phase: 'live', msg: 'link', token: '[Redacted]' })
    expect(text).not.toMatch(/t0ken|pa55/)
    log.close()
  })

  it('goes on behind what is there, and puts a large file aside', () => {
    const first = createFileLog(profile, 'desk')
    first.info({}, 'one')
    first.close()
    const second = createFileLog(profile, 'desk')
    second.info({}, 'two')
    second.close()
    expect(readFileSync(first.path, 'utf8').trim().split('\n')).toHaveLength(2)
    truncateSync(first.path, 17 * 1024 * 1024)
    const third = createFileLog(profile, 'desk')
    third.info({}, 'three')
    third.close()
    expect(existsSync(`${first.path}.1`)).toBe(true)
    expect(readFileSync(first.path, 'utf8').trim().split('\n')).toHaveLength(1)
  })
})
