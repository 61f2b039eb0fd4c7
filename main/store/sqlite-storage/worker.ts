import { type MessagePort, parentPort } from 'node:worker_threads'
import { serveSqliteStorage } from './engine/serve.ts'

/** Entry of the worker thread for those who need no companions. */
serveSqliteStorage(parentPort as MessagePort)
