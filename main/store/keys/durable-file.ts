import { copyFile, open, rename, rm } from 'node:fs/promises'
import { dirname } from 'node:path'

/** Makes names in a folder survive a power cut. Windows cannot open folders and writes names through by itself. */
export const syncFolder = async (folder: string): Promise<void> => {
  if (process.platform === 'win32') return
  const handle = await open(folder, 'r')
  try {
    await handle.sync()
  } finally {
    await handle.close()
  }
}

const isMissing = (error: unknown): boolean =>
  error instanceof Error && 'code' in error && error.code === 'ENOENT'

/**
 * Replaces a file so that at any moment, also after a power cut, either the old content stands there or the new one.
 * The new content is proven first where it will not stay and then in its place; until then the old one is kept
 * beside it as `.old`.
 * @param prove reads the file at a path and throws if it is not as wanted
 */
export const replaceFile = async (
  path: string,
  text: string,
  prove: (path: string) => Promise<void>,
): Promise<void> => {
  const fresh = `${path}.new`
  const old = `${path}.old`
  const handle = await open(fresh, 'w', 0o600)
  try {
    await handle.writeFile(text)
    await handle.sync()
  } finally {
    await handle.close()
  }
  await prove(fresh)
  await copyFile(path, old).catch((error: unknown) => {
    if (!isMissing(error)) throw error
  })
  await rename(fresh, path)
  await syncFolder(dirname(path))
  await prove(path)
  await rm(old, { force: true })
}
