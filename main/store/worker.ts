import { type MessagePort, parentPort, workerData } from 'node:worker_threads'
import { journalCompanion } from './journal/companion.ts'
import { type VerifyOrder, verifyFile } from './maintenance/verify-file.ts'
import { outboxCompanion } from './outbox/companion.ts'
import { serveSqliteStorage } from './sqlite-storage/engine/serve.ts'
import type { Companion } from './sqlite-storage/types.ts'

/** What the desk keeps beside the documents: the outbox in their file and transactions, the journal in its own. */
const companions: readonly Companion[] = [outboxCompanion, journalCompanion]

const port = parentPort as MessagePort
const { verify } = (workerData ?? {}) as { verify?: VerifyOrder }

/** Entry of the worker thread that holds the document file, and of those that look through a copy of it. */
if (verify) port.postMessage(verifyFile(verify))
else serveSqliteStorage(port, { companions })
