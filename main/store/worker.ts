import { type MessagePort, parentPort } from 'node:worker_threads'
import { outboxCompanion } from './outbox/companion.ts'
import { serveSqliteStorage } from './sqlite-storage/engine/serve.ts'
import type { Companion } from './sqlite-storage/types.ts'

/** What the desk keeps in the document file beside the documents, in the same transactions. */
const companions: readonly Companion[] = [outboxCompanion]

/** Entry of the worker thread that holds the document file. */
serveSqliteStorage(parentPort as MessagePort, { companions })
