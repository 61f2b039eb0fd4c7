import { type MessagePort, parentPort } from 'node:worker_threads'
import { serveSqliteStorage } from '../engine/serve.ts'
import type { Companion } from '../types.ts'

/**
 * Test support: a companion that lists what is written in a table of its own, throws when it is told to, fills the
 * disk and dies.
 */
const lister: Companion = {
  name: 'lister',
  open: ({ db, databaseName, workerData, notify, transaction }) => {
    db.exec('CREATE TABLE IF NOT EXISTS list (id TEXT, collection TEXT)')
    let dying = false
    const insert = db.prepare('INSERT INTO list VALUES (?, ?)')
    const methods: Record<string, (input: never) => unknown> = {
      facts: () => ({ databaseName, workerData }),
      list: () => db.prepare('SELECT id, collection FROM list').all(),
      later: async (value: unknown) => value,
      throw: (message: string) => {
        throw new TypeError(message)
      },
      half: (id: string) =>
        transaction(() => {
          insert.run(id, 'half')
          throw new Error('half way')
        }),
      exec: (sql: string) => db.exec(sql),
      die: () => process.exit(7),
      unclonable: () => () => {},
    }
    return {
      wants: (_collection, json) => !json.includes('unwanted'),
      written: (collection, documents) => {
        for (const document of documents as { id: string; name: string }[]) {
          insert.run(document.id, collection)
          if (document.name === 'refused') throw new Error('refused by the companion')
          if (document.name === 'deadly') process.exit(7)
          if (document.name === 'last words') dying = true
        }
      },
      committed: () => {
        if (dying) process.exit(7)
        notify('committed')
      },
      call: (method, input) => methods[method]?.(input as never),
    }
  },
}

serveSqliteStorage(parentPort as MessagePort, { companions: [lister] })
