import { randomBytes } from 'node:crypto'
import { type FileHandle, open, rename, rm } from 'node:fs/promises'
import { dirname } from 'node:path'
import { z } from 'zod'
import {
  CHUNK_HEAD_BYTES,
  ChunkKind,
  type ChunkSealer,
  HEAD_BYTES,
  openChunk,
  readChunkHead,
  readHead,
  sealChunk,
  writeHead,
} from './container.ts'
import { KeptBookRefused, type KeptFacts, keptFactsSchema } from './facts.ts'

const aboutSchema = z.object({ server: z.string().max(2000) })

const json = (value: unknown): Uint8Array => Buffer.from(JSON.stringify(value))

/** @throws KeptBookRefused */
const parsed = <T>(schema: z.ZodType<T>, bytes: Uint8Array): T => {
  try {
    return schema.parse(JSON.parse(Buffer.from(bytes).toString('utf8')))
  } catch (error) {
    throw new KeptBookRefused('DAMAGED', 'what it says of itself does not fit', error)
  }
}

export type KeptWriter = {
  readonly frames: (frames: Uint8Array) => Promise<void>
  /** Puts the file in its place; what was there before is gone only now. */
  readonly finish: (facts: KeptFacts) => Promise<void>
  /** Leaves the former file as it is. */
  readonly abandon: () => Promise<void>
}

/** A rename is safe on disk only when its folder is; not every file system lets one ask. */
const syncFolder = async (path: string): Promise<void> => {
  try {
    const folder = await open(dirname(path), 'r')
    await folder.sync().catch(() => {})
    await folder.close()
  } catch {
    // Windows has no such thing.
  }
}

/** Writes a kept book beside the former one and puts it in its place when it is whole. */
export const writeKept = async (path: string, sealer: ChunkSealer, server: string): Promise<KeptWriter> => {
  const beside = `${path}.new`
  const name = randomBytes(16)
  const file = await open(beside, 'w', 0o600)
  let place = 0
  const chunk = async (kind: ChunkKind, plain: Uint8Array): Promise<void> => {
    await file.writeFile(sealChunk(sealer, name, kind, place++, plain))
  }
  const abandon = async (): Promise<void> => {
    await file.close().catch(() => {})
    await rm(beside, { force: true }).catch(() => {})
  }
  try {
    await file.writeFile(writeHead(name))
    await chunk(ChunkKind.ABOUT, json({ server }))
  } catch (error) {
    await abandon()
    throw error
  }
  return {
    frames: (frames) => chunk(ChunkKind.FRAMES, frames),
    finish: async (facts) => {
      await chunk(ChunkKind.FACTS, json(facts))
      await file.sync()
      await file.close()
      await rename(beside, path)
      await syncFolder(path)
    },
    abandon,
  }
}

/** So many bytes from here on. @throws KeptBookRefused when the file ends before */
const readExactly = async (file: FileHandle, bytes: number): Promise<Uint8Array<ArrayBuffer>> => {
  const into = new Uint8Array(bytes)
  let had = 0
  while (had < bytes) {
    const { bytesRead } = await file.read(into, had, bytes - had)
    if (bytesRead === 0) throw new KeptBookRefused('TRUNCATED', 'it ends before its end')
    had += bytesRead
  }
  return into
}

const readWith = async (
  file: FileHandle,
  sealer: ChunkSealer,
  server: string,
  take: (frames: Uint8Array<ArrayBuffer>) => Promise<void>,
): Promise<KeptFacts> => {
  const name = readHead(await readExactly(file, HEAD_BYTES))
  const { size } = await file.stat()
  for (let place = 0, left = size - HEAD_BYTES; ; place++) {
    const head = readChunkHead(await readExactly(file, CHUNK_HEAD_BYTES), place)
    left -= CHUNK_HEAD_BYTES + head.bytes
    if (left < 0) throw new KeptBookRefused('TRUNCATED', 'it ends before its end')
    const plain = openChunk(sealer, name, head, place, await readExactly(file, head.bytes))
    if (head.kind === ChunkKind.ABOUT) {
      const about = parsed(aboutSchema, plain)
      if (about.server !== server)
        throw new KeptBookRefused('OTHER_SERVER', `it is of ${about.server}, this desk follows ${server}`)
    } else if (head.kind === ChunkKind.FRAMES) await take(plain)
    else if (left > 0) throw new KeptBookRefused('DAMAGED', 'something stands behind its end')
    else return parsed(keptFactsSchema, plain)
  }
}

/**
 * Reads a kept book, part by part. What was taken may be shown only once the facts are answered: a file that is damaged
 * further on is refused then. Null: there is none.
 * @throws KeptBookRefused, and what `take` throws
 */
export const readKept = async (
  path: string,
  sealer: ChunkSealer,
  server: string,
  take: (frames: Uint8Array<ArrayBuffer>) => Promise<void>,
): Promise<KeptFacts | null> => {
  let file: FileHandle
  try {
    file = await open(path, 'r')
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null
    throw new KeptBookRefused('UNREADABLE', (error as Error).message, error)
  }
  try {
    return await readWith(file, sealer, server, take)
  } catch (error) {
    if (error instanceof KeptBookRefused || !('code' in (error as object))) throw error
    throw new KeptBookRefused('UNREADABLE', (error as Error).message, error)
  } finally {
    await file.close().catch(() => {})
  }
}
