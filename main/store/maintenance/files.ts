import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { open, rename } from 'node:fs/promises'
import { dirname } from 'node:path'

/** `20261122T153000Z`, as names of files and folders carry it. */
export const stampOf = (at: number): string => new Date(at).toISOString().replaceAll(/[-:]|\.\d+/g, '')

/** What a file or a folder holds is on the disk. */
export const flush = async (path: string): Promise<void> => {
  // Windows has no handles on folders to flush.
  const handle = await open(path, 'r+').catch(() => open(path, 'r').catch(() => null))
  if (handle === null) return
  try {
    await handle.sync().catch(() => {})
  } finally {
    await handle.close()
  }
}

/** Renames, and the folder knows it on the disk. */
export const renameDurably = async (from: string, to: string): Promise<void> => {
  await rename(from, to)
  await flush(dirname(to))
}

export const sha256Of = async (path: string): Promise<string> => {
  const hash = createHash('sha256')
  for await (const chunk of createReadStream(path)) hash.update(chunk as Buffer)
  return hash.digest('hex')
}
