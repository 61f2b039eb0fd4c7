import { createStore } from '../../main/store/create-store.ts'
import { silentLog, systemClock } from '../../shared/runtime/ports.ts'

/** Opens a store in a fresh process, reads a list of it, and says how long it took since the call and since the start. */
const [path = '', worker = ''] = process.argv.slice(2)
const before = performance.now()
const store = await createStore({ path, worker: new URL(worker), clock: systemClock, log: silentLog })
const found = await store.alerts.forLogin(1_500, 50)
if (found.length !== 50) throw new Error(`${found.length} found`)
const now = performance.now()
console.log(JSON.stringify({ storeMs: now - before, processMs: now }))
await store.close()
