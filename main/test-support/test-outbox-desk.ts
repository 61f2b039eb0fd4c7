import { randomUUID } from 'node:crypto'
import { silentLog, systemClock, systemTimers } from '../../shared/runtime/ports.ts'
import { createLink } from '../link/create-link.ts'
import { createTableSink } from '../link/table-sink.ts'
import { createOutboxRig } from './outbox-rig.ts'

/**
 * A desk in a process of its own, to be killed: asks for deposits of growing amounts without end and says which were
 * acknowledged. Arguments: profile, address of the bridge, login, first amount.
 */
const [profile = '', url = '', login = '0', first = '1'] = process.argv.slice(2)
const link = createLink({
  url,
  credentials: { login: 1, password: 'demo' },
  sink: createTableSink(),
  clock: systemClock,
  timers: systemTimers,
  random: Math.random,
  newId: randomUUID,
  log: silentLog,
  client: { name: 'test', version: '1' },
})
link.start()
const { payments } = await createOutboxRig(profile, link)
for (let amount = Number(first); ; amount++) {
  const request = { requestId: randomUUID(), login: Number(login), amount, comment: 'Test' }
  await payments.request({ ...request, kind: 'deposit' }, 'ann')
  process.stdout.write(`acknowledged ${amount}\n`)
}
