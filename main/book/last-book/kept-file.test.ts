import { randomBytes } from 'node:crypto'
import { mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { plainSealer } from '../testing/plain-sealer.ts'
import type { ChunkSealer } from './container.ts'
import { KeptBookRefused, type KeptFacts } from './facts.ts'
import { readKept, writeKept } from './kept-file.ts'

const hash = { rows: 1, a: 2, b: 3 }
const facts: KeptFacts = {
  epoch: 'e1',
  serverTimeOffset: 7200,
  asOf: 1_700_000_000_000,
  seqs: { symbols: 1, groups: 2, users: 3, trades: 4, ticks: 5 },
  hashes: { symbols: hash, groups: hash, users: hash, trades: hash },
  quotes: 6,
  serverTime: 7,
}

const sealer = plainSealer(randomBytes(32))
const server = 'http://bridge as 1'
const parts = ['first', 'the second part', 'third'].map((text) => new Uint8Array(Buffer.from(text)))
let folder = ''
let path = ''
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'deskline-kept-'))
  path = join(folder, 'last-book.sealed')
})
afterEach(() => rm(folder, { recursive: true }))

const write = async (frames = parts, given = facts): Promise<void> => {
  const file = await writeKept(path, sealer, server)
  for (const part of frames) await file.frames(part)
  await file.finish(given)
}

const read = async (
  with_: { sealer?: ChunkSealer; server?: string } = {},
): Promise<{ facts: KeptFacts | null; frames: string[] }> => {
  const frames: string[] = []
  const read_ = await readKept(path, with_.sealer ?? sealer, with_.server ?? server, async (part) => {
    frames.push(Buffer.from(part).toString())
  })
  return { facts: read_, frames }
}

/** Name of the fault, or what else came of it. */
const faultOf = async (...with_: Parameters<typeof read>): Promise<string> => {
  try {
    const { facts: got } = await read(...with_)
    return got ? 'READ' : 'NONE'
  } catch (error) {
    return error instanceof KeptBookRefused ? error.fault : String(error)
  }
}

describe('a kept book on disk', () => {
  it('comes back as it was written, readable by its owner only, and nothing stays beside it', async () => {
    await write()
    expect(await read()).toEqual({ facts, frames: ['first', 'the second part', 'third'] })
    expect((await stat(path)).mode & 0o777).toBe(0o600)
    expect(await readdir(folder)).toEqual(['last-book.sealed'])
  })

  it('says nothing in the clear', async () => {
    await write()
    const bytes = await readFile(path)
    for (const text of ['second', 'bridge', 'epoch', 'e1']) expect(bytes.includes(text)).toBe(false)
  })

  it('is none where there is no file', async () => {
    expect(await faultOf()).toBe('NONE')
  })

  it('stays the former one until the new one is whole', async () => {
    await write()
    const file = await writeKept(path, sealer, server)
    await file.frames(parts[0] as Uint8Array)
    expect((await read()).facts).toEqual(facts)
    await file.abandon()
    expect((await read()).facts).toEqual(facts)
    expect(await readdir(folder)).toEqual(['last-book.sealed'])
    // What a killed desk left lies in the way of nothing.
    await writeFile(`${path}.new`, 'half a file')
    await write([], { ...facts, asOf: 1 })
    expect((await read()).facts).toEqual({ ...facts, asOf: 1 })
    expect(await readdir(folder)).toEqual(['last-book.sealed'])
  })

  it('is refused whichever byte was changed', async () => {
    await write()
    const whole = await readFile(path)
    const faults = new Map<string, number>()
    for (let at = 0; at < whole.byteLength; at++) {
      const changed = Buffer.from(whole)
      changed[at] = (changed[at] as number) ^ 0x01
      await writeFile(path, changed)
      const fault = await faultOf()
      faults.set(fault, (faults.get(fault) ?? 0) + 1)
    }
    expect([...faults.keys()].sort()).toEqual(['DAMAGED', 'NEWER_FORMAT', 'TRUNCATED'])
    // Only a changed length or format can look like something else.
    expect((faults.get('NEWER_FORMAT') ?? 0) + (faults.get('TRUNCATED') ?? 0)).toBeLessThan(30)
  })

  it('is refused wherever it was cut off, and when something stands behind it', async () => {
    await write()
    const whole = await readFile(path)
    for (let bytes = 0; bytes < whole.byteLength; bytes++) {
      await writeFile(path, whole.subarray(0, bytes))
      expect(await faultOf()).toBe('TRUNCATED')
    }
    await writeFile(path, Buffer.concat([whole, Buffer.of(0)]))
    expect(await faultOf()).toBe('DAMAGED')
  })

  it('is refused when parts were moved, left out, or taken from another file', async () => {
    const chunks = (bytes: Buffer): Buffer[] => {
      const list = [bytes.subarray(0, 28)]
      for (let at = 28; at < bytes.byteLength; ) {
        const end = at + 12 + bytes.readUInt32LE(at + 4)
        list.push(bytes.subarray(at, end))
        at = end
      }
      return list
    }
    await write()
    const [head, about, one, two, three, end] = chunks(await readFile(path)) as [
      Buffer,
      Buffer,
      Buffer,
      Buffer,
      Buffer,
      Buffer,
    ]
    await write()
    const other = chunks(await readFile(path))
    const tried = async (list: (Buffer | undefined)[]): Promise<string> => {
      await writeFile(path, Buffer.concat(list as Buffer[]))
      return faultOf()
    }
    expect(await tried([head, about, one, two, three, end])).toBe('READ')
    expect(await tried([head, about, two, one, three, end])).toBe('DAMAGED')
    expect(await tried([head, about, one, three, end])).toBe('DAMAGED')
    expect(await tried([head, about, one, two, two, end])).toBe('DAMAGED')
    expect(await tried([head, about, one, other[3], three, end])).toBe('DAMAGED')
    expect(await tried([head, about, one, two, three, other[5]])).toBe('DAMAGED')
    expect(await tried([head, about, end])).toBe('DAMAGED')
    expect(await tried([head, one, two, three, end])).toBe('DAMAGED')
  })

  it('is refused by another key, of another server, of a newer format, and where it cannot be read', async () => {
    await write()
    expect(await faultOf({ sealer: plainSealer(randomBytes(32)) })).toBe('WRONG_KEY')
    expect(await faultOf({ server: 'http://bridge as 2' })).toBe('OTHER_SERVER')
    const newer = await readFile(path)
    newer.writeUInt32LE(2, 4)
    await writeFile(path, newer)
    expect(await faultOf()).toBe('NEWER_FORMAT')
    await writeFile(path, '')
    expect(await faultOf()).toBe('TRUNCATED')
    path = folder
    expect(await faultOf()).toBe('UNREADABLE')
  })

  it('is refused with facts that do not fit', async () => {
    await write(parts, { ...facts, asOf: -1 })
    expect(await faultOf()).toBe('DAMAGED')
  })
})
