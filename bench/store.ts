import { spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { benchBulk } from './store/bulk.ts'
import { benchMillion } from './store/million.ts'
import { benchSingle, benchUnsealed } from './store/single.ts'

/**
 * The store against raw `node:sqlite` (WAL, synchronous=FULL, the same JSON and index columns), RxDB's memory storage,
 * PouchDB on LevelDB and Dexie on fake-indexeddb, all in one run; each part in a process of its own, because RxDB opens
 * thirteen collections in one. `node bench/store.ts million` runs one part, `STORE_DOCUMENTS=100000` takes a smaller
 * million.
 */
const parts = { bulk: benchBulk, single: benchSingle, unsealed: benchUnsealed, million: benchMillion }
const wanted = process.argv[2]

const runPart = async (run: (folder: string) => Promise<void>): Promise<void> => {
  const folder = mkdtempSync(join(tmpdir(), 'deskline-bench-'))
  mkdirSync(join(folder, 'desk'))
  try {
    await run(folder)
  } finally {
    rmSync(folder, { recursive: true })
  }
}

if (wanted === undefined)
  for (const name of Object.keys(parts)) {
    const { status } = spawnSync(process.execPath, ['--expose-gc', import.meta.filename, name], {
      stdio: 'inherit',
    })
    if (status !== 0) process.exitCode = 1
  }
else await runPart(parts[wanted as keyof typeof parts])
