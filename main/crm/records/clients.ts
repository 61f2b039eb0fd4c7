import type { z } from 'zod'
import type { ClientProfile, ClientRow, clientEditSchema } from '../../../shared/api/crm.ts'
import type { Page } from '../../../shared/api/pages.ts'
import { type Client, clientIdOf } from '../../../shared/documents/client.ts'
import type { FieldConflict } from '../../../shared/documents/fields.ts'
import { personPolicies } from '../../store/merge/document-policies.ts'
import { saveWithBase, settleConflict } from '../../store/merge/save-with-base.ts'
import { RecordNotFound } from '../errors.ts'
import { draftClient } from './draft-client.ts'
import { shown } from './shown.ts'
import type { Edits, RecordOptions } from './types.ts'

export type ClientEdit = z.infer<typeof clientEditSchema>
export type ClientList = {
  readonly list: 'updated' | 'created' | 'contact'
  readonly owner?: string | undefined
  readonly stage?: Client['stage'] | undefined
  readonly country?: string | undefined
  readonly from: number
  readonly count: number
}

/** A document that was merged into another leads there; nobody merges further than this. */
const MAX_STEPS = 8

const stored = (client: Client) => ({ ...client, pointer: client.mergedInto !== '', outgoing: [] })

const rowOf = (client: Client): ClientRow => ({
  id: client.id,
  login: client.login,
  name: client.name,
  country: client.country,
  stage: client.stage,
  owner: client.owner,
  tags: client.tags,
  lastContactAt: client.lastContactAt,
  nextContactAt: client.nextContactAt,
  updatedAt: client.updatedAt,
  conflictAt: client.conflictAt,
})

/** Clients as the desk knows them. */
export const createClients = ({ documents, account, clock }: RecordOptions) => {
  const { clients, interactions, tasks } = documents

  const byId = async (id: string): Promise<Client | null> => {
    let found = await clients.get(id)
    for (let step = 0; found !== null && found.mergedInto !== '' && step < MAX_STEPS; step++)
      found = await clients.get(found.mergedInto)
    return found && shown(found)
  }
  const ofLogin = async (login: number): Promise<{ client: Client; stored: boolean }> => {
    const known = await byId(clientIdOf(login))
    return known === null
      ? { client: draftClient(login, await account(login)), stored: false }
      : { client: known, stored: true }
  }
  const profile = async (login: number): Promise<ClientProfile> => {
    const found = await ofLogin(login)
    const subject = found.client.id
    const [passed, open] = await Promise.all([
      interactions.count({ subject }),
      tasks.count({ subject, state: 'open' }),
    ])
    return { ...found, interactions: passed, openTasks: open }
  }

  /** Changes the client of an account; the first change makes the document of the draft. */
  const change = async (login: number, step: (client: Client) => Client): Promise<Client> => {
    const { client: start } = await ofLogin(login)
    const next = await clients.update(start.id, (current) => {
      const before = current === null ? start : shown(current)
      const after = step(before)
      return after === before && current !== null ? null : stored(after)
    })
    if (next === null) throw new RecordNotFound(`client of account ${login}`)
    return shown(next)
  }

  return {
    byId,
    ofLogin,
    profile,
    watchProfile: (login: number, push: (profile: ClientProfile) => void): (() => void) => {
      let closed = false
      let subject = clientIdOf(login)
      let reading: Promise<void> | null = null
      let again = false
      const isClosed = (): boolean => closed
      const read = async (): Promise<void> => {
        while (again && !isClosed()) {
          again = false
          const now = await profile(login)
          subject = now.client.id
          if (!isClosed()) push(now)
        }
      }
      const touched = (): void => {
        again = true
        // The next change asks again where the store did not answer.
        reading ??= read()
          .catch(() => {})
          .finally(() => {
            reading = null
          })
      }
      const follow =
        (fn: (document: { id: string; subject?: string }) => boolean) =>
        (changes: readonly { before: { id: string } | null; after: { id: string } | null }[]): void => {
          if (changes.some(({ before, after }) => [before, after].some((each) => each !== null && fn(each))))
            touched()
        }
      const aboutThem = follow((each) => each.subject === subject)
      const ends = [
        clients.onChanges(follow(({ id }) => id === subject || id === clientIdOf(login))),
        interactions.onChanges(aboutThem),
        tasks.onChanges(aboutThem),
      ]
      touched()
      return () => {
        closed = true
        for (const end of ends) end()
      }
    },
    save: async (
      login: number,
      { base, changes }: Edits<ClientEdit>,
      by: string,
    ): Promise<{ document: Client; conflicts: FieldConflict[] }> => {
      let conflicts: FieldConflict[] = []
      const document = await change(login, (client) => {
        const saved = saveWithBase(personPolicies, client, base, changes, { by, at: clock.now() })
        conflicts = saved.conflicts
        return client.createdAt === 0
          ? { ...saved.document, createdAt: saved.document.updatedAt, createdBy: by }
          : saved.document
      })
      return { document, conflicts }
    },
    resolve: (login: number, conflict: string, choose: 'kept' | 'other', by: string): Promise<Client> =>
      change(login, (client) => settleConflict(client, conflict, choose, { by, at: clock.now() })),
    /** Notes when somebody was spoken to, and when they will be next (0: no word of that). */
    contacted: (login: number, at: number, next: number, by: string): Promise<Client> =>
      change(login, (client) => ({
        ...client,
        lastContactAt: Math.max(client.lastContactAt, at),
        nextContactAt: next === 0 ? client.nextContactAt : next,
        createdAt: client.createdAt || clock.now(),
        createdBy: client.createdAt === 0 ? by : client.createdBy,
        updatedAt: Math.max(client.updatedAt, clock.now()),
        updatedBy: by,
      })),
    watchList: (list: ClientList, push: (page: Page<ClientRow>) => void): (() => void) => {
      const { owner, stage, country, from, count } = list
      const time = ({ updated: 'updatedAt', created: 'createdAt', contact: 'nextContactAt' } as const)[
        list.list
      ]
      const direction = list.list === 'contact' ? 'asc' : 'desc'
      return clients.watchPage(
        {
          selector: {
            pointer: false,
            ...(owner !== undefined && { owner }),
            ...(stage !== undefined && { stage }),
            ...(country !== undefined && { country }),
            [time]: { $gte: 1 },
          },
          sort: [{ [time]: direction }, { id: direction }] as never,
          from,
          count,
        },
        (client) => rowOf(client),
        push,
      )
    },
  }
}
export type Clients = ReturnType<typeof createClients>
