import { createHash } from 'node:crypto'
import { open } from 'node:fs/promises'

export type Written = { readonly bytes: number; readonly sha256: string }
export type HashingFile = {
  readonly write: (text: string) => Promise<void>
  /** Flushes and closes. */
  readonly end: () => Promise<Written>
  readonly abandon: () => Promise<void>
}

/** A new file that knows how long it is and its hash. */
export const hashingFile = async (path: string): Promise<HashingFile> => {
  const handle = await open(path, 'wx', 0o600)
  const hash = createHash('sha256')
  let bytes = 0
  return {
    write: async (text) => {
      const chunk = Buffer.from(text)
      hash.update(chunk)
      bytes += chunk.length
      await handle.appendFile(chunk)
    },
    end: async () => {
      await handle.sync()
      await handle.close()
      return { bytes, sha256: hash.digest('hex') }
    },
    abandon: () => handle.close(),
  }
}
