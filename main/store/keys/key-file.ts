import { randomBytes } from 'node:crypto'
import { type FileHandle, open } from 'node:fs/promises'
import { dirname } from 'node:path'
import { KEY_BYTES } from '../sqlite-storage/sealing/key-ring.ts'
import { syncFolder } from './durable-file.ts'
import { KeyFileDamaged, KeyFileExposed, KeyUnavailable } from './errors.ts'

const errorCode = (error: unknown): string =>
  error instanceof Error && 'code' in error ? String(error.code) : ''

/** Base64 of a key is shorter; more than that is some other file. */
const MAX_TEXT = 1_000

/** @throws KeyFileExposed, KeyFileDamaged */
const readFrom = async (file: FileHandle, path: string, platform: NodeJS.Platform): Promise<Buffer> => {
  // Of the open file, so that nobody can put another in its place in between.
  const { mode, size } = await file.stat()
  if (platform !== 'win32' && (mode & 0o077) !== 0) throw new KeyFileExposed(path, mode)
  if (size > MAX_TEXT) throw new KeyFileDamaged(path)
  const text = (await file.readFile('utf8')).trim()
  const key = Buffer.from(text, 'base64')
  if (key.length !== KEY_BYTES || key.toString('base64') !== text) throw new KeyFileDamaged(path)
  return key
}

/**
 * Reads a key file: 32 bytes in base64, readable by its owner only. Windows has no such mode; there the rights of the
 * profile's folder decide, and nothing is checked.
 * @throws KeyUnavailable, KeyFileExposed, KeyFileDamaged
 */
export const readKeyFile = async (path: string, platform: NodeJS.Platform): Promise<Buffer> => {
  let file: FileHandle
  try {
    file = await open(path, 'r')
  } catch (error) {
    const why = errorCode(error) === 'ENOENT' ? 'is missing' : `cannot be read (${errorCode(error)})`
    throw new KeyUnavailable(`The key file ${path} ${why}.`, { cause: error })
  }
  try {
    return await readFrom(file, path, platform)
  } finally {
    await file.close()
  }
}

/**
 * Makes a key file that only its owner may read; one that is there already is taken as it is.
 * @throws KeyUnavailable, KeyFileExposed, KeyFileDamaged
 */
export const ensureKeyFile = async (path: string, platform: NodeJS.Platform): Promise<Buffer> => {
  let file: FileHandle
  try {
    file = await open(path, 'wx', 0o600)
  } catch (error) {
    if (errorCode(error) === 'EEXIST') return readKeyFile(path, platform)
    throw new KeyUnavailable(`The key file ${path} cannot be made (${errorCode(error)}).`, { cause: error })
  }
  const key = randomBytes(KEY_BYTES)
  try {
    await file.writeFile(`${key.toString('base64')}\n`)
    await file.sync()
  } finally {
    await file.close()
  }
  await syncFolder(dirname(path))
  return key
}
