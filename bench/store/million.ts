import { spawnSync } from 'node:child_process'
import { statSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { createStore } from '../../main/store/create-store.ts'
import { bundleEntries } from '../../main/store/proof/testing/bundle-entries.ts'
import { getRxStorageNodeSqlite } from '../../main/store/sqlite-storage/sqlite-storage.ts'
import { silentLog, systemClock } from '../../shared/runtime/ports.ts'
import { median, percentile, report } from '../report.ts'
import { ACCOUNTS, benchAlert } from './documents.ts'
import { openRaw } from './raw.ts'
import { openRx } from './rx.ts'

const DOCUMENTS = Number(process.env['STORE_DOCUMENTS'] ?? 1_000_000)
const AT_ONCE = 5_000
const FINDS = 500
const FOUND = 50
const OPENINGS = 5

/** As it is shipped: the store and its worker in one file each. */
const bundle = async (outDir: string): Promise<void> => {
  const root = join(import.meta.dirname, '../..')
  await bundleEntries(outDir, root, {
    store: join(root, 'main/store/create-store.ts'),
    worker: join(root, 'main/store/worker.ts'),
    opening: join(import.meta.dirname, 'opening-child.ts'),
  })
}

/** What the system keeps of a file in memory is given back. */
const forget = (file: string): boolean => {
  const arguments_ = [`of=${file}`, 'oflag=nocache', 'conv=notrunc,fdatasync', 'count=0', 'status=none']
  return spawnSync('dd', arguments_).status === 0
}

/** A database of a million documents: fifty of one account, and opening it in a process of its own. */
export const benchMillion = async (folder: string): Promise<void> => {
  const path = join(folder, 'desk', 'desk.sqlite')
  const first = await createStore({ path, clock: systemClock, log: silentLog })
  await first.close()
  const raw = openRaw(join(folder, 'million.raw'))
  const began = performance.now()
  const filled = await openRx(
    getRxStorageNodeSqlite({ filename: path, synchronous: 'normal' }),
    false,
    'desk',
  )
  const rest = { _deleted: false, _attachments: {}, _rev: '1-a' }
  for (let at = 0; at < DOCUMENTS; at += AT_ONCE) {
    const documents = Array.from({ length: AT_ONCE }, (_, i) => benchAlert(at + i))
    const { error } = await filled.collection.storageInstance.bulkWrite(
      documents.map((document, i) => ({ document: { ...document, ...rest, _meta: { lwt: at + i + 1 } } })),
      'bench',
    )
    if (error.length > 0) throw new Error('documents were refused')
    raw.putAll(documents)
  }
  await filled.close()
  console.log(
    `${DOCUMENTS} documents, ${Math.round(statSync(path).size / 2 ** 20)} MiB, both files in ${Math.round((performance.now() - began) / 1_000)} s`,
  )

  const store = await createStore({ path, clock: systemClock, log: silentLog })
  const times: Record<'ours' | 'raw', number[]> = { ours: [], raw: [] }
  const timed = async (name: keyof typeof times, find: () => unknown): Promise<void> => {
    const before = performance.now()
    const found = (await find()) as readonly unknown[]
    times[name].push(performance.now() - before)
    if (found.length !== FOUND) throw new Error(`${found.length} found`)
  }
  for (let i = 0; i < FINDS; i++) {
    const login = 1_000 + ((i * 7_919) % ACCOUNTS)
    await timed('ours', () => store.alerts.forLogin(login, FOUND))
    await timed('raw', () => raw.ofLogin(login, FOUND))
  }
  const warm = (of: readonly number[]): readonly number[] => of.slice(50)
  report('store.find_50_of_1m_p50', median(warm(times.ours)), 'ms', { name: 'limit', value: 2 })
  report('store.find_50_of_1m_p50', median(warm(times.ours)), 'ms', {
    name: 'node:sqlite',
    value: median(warm(times.raw)),
  })
  report('store.find_50_of_1m_p99', percentile(warm(times.ours), 0.99), 'ms', {
    name: 'node:sqlite',
    value: percentile(warm(times.raw), 0.99),
  })
  await store.close()
  raw.close()

  const out = join(folder, 'bundle')
  await bundle(out)
  const opening = (): { storeMs: number; processMs: number } => {
    const { stdout, stderr } = spawnSync(
      process.execPath,
      [join(out, 'opening.mjs'), path, pathToFileURL(join(out, 'worker.mjs')).href],
      { encoding: 'utf8' },
    )
    if (stdout === '') throw new Error(stderr)
    return JSON.parse(stdout) as { storeMs: number; processMs: number }
  }
  const openings = (before: () => void) =>
    Array.from({ length: OPENINGS }, () => {
      before()
      return opening()
    })
  const limit = { name: 'limit', value: 500 }
  const warmOnes = openings(() => {})
  report('store.open_1m', median(warmOnes.map(({ storeMs }) => storeMs)), 'ms', limit)
  report('store.open_1m_process', median(warmOnes.map(({ processMs }) => processMs)), 'ms', limit)
  if (forget(path)) {
    const cold = openings(() => forget(path))
    report('store.open_1m_not_cached', median(cold.map(({ storeMs }) => storeMs)), 'ms', limit)
  } else console.log('skipped: open_1m_not_cached; this system does not let go of a file')
}
