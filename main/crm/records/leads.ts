import type { z } from 'zod'
import type { leadEditSchema } from '../../../shared/api/crm.ts'
import type { Page } from '../../../shared/api/pages.ts'
import type { Client } from '../../../shared/documents/client.ts'
import type { Lead } from '../../../shared/documents/lead.ts'
import { emptyPerson, personFields } from '../../../shared/documents/person.ts'
import { personPolicies } from '../../store/merge/document-policies.ts'
import { RecordNotFound } from '../errors.ts'
import type { Clients } from './clients.ts'
import { editedBy } from './edited.ts'
import { made } from './made.ts'
import { shown } from './shown.ts'
import type { RecordOptions, Some } from './types.ts'

export type LeadEdit = z.infer<typeof leadEditSchema>
export type LeadList = {
  readonly list: 'updated' | 'created' | 'contact'
  readonly owner?: string | undefined
  readonly stage?: Lead['stage'] | undefined
  readonly source?: string | undefined
  readonly from: number
  readonly count: number
}

const given = <F extends object>(some: Some<F>): Partial<F> =>
  Object.fromEntries(Object.entries(some).filter(([, value]) => value !== undefined)) as Partial<F>

/** People who are not clients yet. */
export const createLeads = (options: RecordOptions, clients: Clients) => {
  const { documents, clock, newId } = options
  const { leads } = documents
  type Stored = Awaited<ReturnType<typeof leads.find>>[number]
  const edited = editedBy<Stored, LeadEdit>(leads, 'lead', personPolicies, options)

  const get = async (id: string): Promise<Lead> => {
    const found = await leads.get(id)
    if (found === null) throw new RecordNotFound(`lead ${id}`)
    return shown(found)
  }
  return {
    ...edited,
    get,
    add: async (fields: Some<LeadEdit>, by: string): Promise<Lead> => {
      const lead: Lead = {
        id: newId(),
        client: '',
        login: 0,
        stage: 'new',
        score: 0,
        ...emptyPerson(),
        ...given<LeadEdit>(fields),
        ...made(by, clock.now()),
      }
      await leads.put({ ...lead, outgoing: [] })
      return lead
    },
    /** What is known of the lead goes to the account's client, where that has nothing of its own; both then name each other. */
    convert: async (id: string, login: number, by: string): Promise<Client> => {
      const lead = await get(id)
      const { client } = await clients.ofLogin(login)
      const names = Object.keys(personFields) as (keyof typeof personFields)[]
      const blank = emptyPerson()
      const changes = Object.fromEntries(
        names
          .filter((name) => JSON.stringify(client[name]) === JSON.stringify(blank[name]))
          .map((name) => [name, lead[name]]),
      )
      const { document } = await clients.save(login, { base: {}, changes }, by)
      await leads.update(id, (before) =>
        before === null
          ? null
          : {
              ...before,
              stage: 'converted',
              client: document.id,
              login,
              updatedAt: Math.max(clock.now(), before.updatedAt + 1),
              updatedBy: by,
              outgoing: [],
            },
      )
      return document
    },
    watchList: (list: LeadList, push: (page: Page<Lead>) => void): (() => void) => {
      const { owner, stage, source, from, count } = list
      const time = ({ updated: 'updatedAt', created: 'createdAt', contact: 'nextContactAt' } as const)[
        list.list
      ]
      const direction = list.list === 'contact' ? 'asc' : 'desc'
      return leads.watchPage(
        {
          selector: {
            ...(owner !== undefined && { owner }),
            ...(stage !== undefined && { stage }),
            ...(source !== undefined && { source }),
            [time]: { $gte: 1 },
          },
          sort: [{ [time]: direction }, { id: direction }] as never,
          from,
          count,
        },
        (document) => shown(document),
        push,
      )
    },
  }
}
