import { join } from 'node:path'
import PouchDB from 'pouchdb'
import { createStore } from '../../main/store/create-store.ts'
import { keyFileOnly } from '../../main/store/keys/types.ts'
import { silentLog, systemClock } from '../../shared/runtime/ports.ts'
import { median, percentile, report } from '../report.ts'
import { benchAlert } from './documents.ts'
import { longestBlock } from './longest-block.ts'
import { openRaw } from './raw.ts'

const WRITES = 1_000
const STORM = 1_600
const LIVE = 100

const timed = async (work: () => unknown): Promise<number> => {
  const before = performance.now()
  await work()
  return performance.now() - before
}

const openStore = (folder: string, sealed: boolean) =>
  createStore({
    path: join(folder, 'desk', 'desk.sqlite'),
    clock: systemClock,
    log: silentLog,
    ...(sealed ? { keys: keyFileOnly } : {}),
  })

/** The same single writes without keys. */
export const benchUnsealed = async (folder: string): Promise<void> => {
  const store = await openStore(folder, false)
  const raw = openRaw(join(folder, 'single.raw'))
  const times: Record<'ours' | 'raw', number[]> = { ours: [], raw: [] }
  for (let i = 0; i < WRITES; i++) {
    const document = benchAlert(i)
    times.ours.push(await timed(() => store.alerts.put(document.alert)))
    times.raw.push(await timed(() => raw.put(document)))
  }
  report('store.put_unsealed_p50', median(times.ours), 'ms', {
    name: 'node:sqlite',
    value: median(times.raw),
  })
  raw.close()
  await store.close()
}

/** One document at a time, on the disk when it is acknowledged; a storm of alerts at once; what a window sees of it. */
export const benchSingle = async (folder: string): Promise<void> => {
  const store = await openStore(folder, true)
  const raw = openRaw(join(folder, 'single.raw'))
  const pouch = new PouchDB(join(folder, 'single.pouch'))
  const times: Record<'ours' | 'raw' | 'pouch' | 'journal', number[]> = {
    ours: [],
    raw: [],
    pouch: [],
    journal: [],
  }
  for (let i = -50; i < WRITES; i++) {
    const { alert, ...rest } = benchAlert(i + 50)
    const line = { at: i, user: 'u', role: 'dealer', procedure: 'alerts.seen', input: '{}', result: 'ok' }
    const took = {
      ours: await timed(() => store.alerts.put(alert)),
      raw: await timed(() => raw.put({ alert, ...rest })),
      pouch: await timed(() => pouch.put({ ...rest, alert, _id: rest.id })),
      journal: await timed(() => store.journal.append(line)),
    }
    if (i >= 0) for (const [name, ms] of Object.entries(took)) times[name as keyof typeof times].push(ms)
  }
  const against = (of: readonly number[], share: number) => ({
    name: 'node:sqlite',
    value: percentile(of, share),
  })
  report('store.put_p50', median(times.ours), 'ms', against(times.raw, 0.5))
  report('store.put_p99', percentile(times.ours, 0.99), 'ms', against(times.raw, 0.99))
  report('store.put_p50', median(times.ours), 'ms', {
    name: 'pouchdb-leveldb without fsync',
    value: median(times.pouch),
  })
  report('store.journal_p50', median(times.journal), 'ms', against(times.raw, 0.5))

  const storm = Array.from({ length: STORM }, (_, i) => benchAlert(100_000 + i).alert)
  let stormMs = 0
  const block = await longestBlock(async () => {
    stormMs = await timed(() => Promise.all(storm.map((each) => store.alerts.put(each))))
  })
  report('store.storm_1600_alerts', stormMs, 'ms')
  report('store.storm_longest_block', block, 'ms', { name: 'limit', value: 60 })

  // An alert on the page that a window shows, changed again and again: from the call to the change in its hands.
  const latencies: number[] = []
  let seen = (_note: string): void => {}
  const stop = store.documents.alerts.watchPage(
    { selector: { endedAt: { $gte: 0 } }, sort: [{ endedAt: 'desc' }], from: 0, count: 50 },
    ({ alert }) => alert,
    ({ rows }) => {
      for (const { note } of rows) seen(note)
    },
  )
  const { alert } = benchAlert(0)
  for (let i = 0; i < LIVE; i++) {
    const note = `note ${i}`
    const shown = new Promise<void>((resolve) => {
      seen = (said) => {
        if (said === note) resolve()
      }
    })
    const before = performance.now()
    await store.alerts.put({ ...alert, note })
    await shown
    latencies.push(performance.now() - before)
  }
  stop()
  report('store.live_page_p50', median(latencies), 'ms', { name: 'conflation', value: 50 })
  report('store.live_page_p99', percentile(latencies, 0.99), 'ms', { name: 'conflation', value: 50 })
  raw.close()
  await pouch.close()
  await store.close()
}
