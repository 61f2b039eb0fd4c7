import { execFileSync } from 'node:child_process'
import { mkdirSync } from 'node:fs'
import { DatabaseSync } from 'node:sqlite'

type Order = { readonly sql?: string; readonly die?: 'exit' | 'memory' | 'throw' }

/** Gives the proofs' worker an order; resolves when it is done, and for a death at once. */
export const order = (filename: string, given: Order): Promise<void> => {
  const channel = new BroadcastChannel(`proof:${filename}`)
  return new Promise((resolve) => {
    const end = (): void => {
      channel.close()
      resolve()
    }
    // oxlint-disable-next-line unicorn/prefer-add-event-listener
    channel.onmessage = end
    channel.postMessage(given)
    if (given.die) setTimeout(end, 50)
  })
}

const ran = (command: string, ...args: string[]): boolean => {
  try {
    execFileSync(command, args, { stdio: 'pipe' })
    return true
  } catch {
    return false
  }
}

export type SmallDisk = {
  /** Null where it went: `mount` says no while files are open for writing. */
  readonly readOnly: (yes: boolean) => boolean
  readonly remove: () => void
}

/** A file system of its own with so many MiB at a path; null where this user may not mount. */
export const mountSmallDisk = (path: string, mib: number): SmallDisk | null => {
  mkdirSync(path, { recursive: true })
  if (process.platform !== 'linux' || !ran('mount', '-t', 'tmpfs', '-o', `size=${mib}m`, 'tmpfs', path))
    return null
  return {
    readOnly: (yes) => ran('mount', '-o', `remount,${yes ? 'ro' : 'rw'}`, path),
    remove: () => void ran('umount', '-l', path),
  }
}

/** Makes a file such that nobody, root included, may write it; false where that cannot be done. */
export const setImmutable = (path: string, yes: boolean): boolean =>
  process.platform === 'linux' && ran('chattr', yes ? '+i' : '-i', path)

/** Pages of a file by what they hold: the leaves of a table or index, or free ones. */
export const pagesOf = (path: string, name: string): number[] => {
  const db = new DatabaseSync(path, { readOnly: true })
  try {
    const rows = db
      .prepare("SELECT pageno FROM dbstat WHERE name = ? AND pagetype = 'leaf' ORDER BY pageno")
      .all(name) as { pageno: number }[]
    return rows.map(({ pageno }) => pageno)
  } finally {
    db.close()
  }
}
