import type { FieldConflict } from '../../shared/documents/fields.ts'
import { createClients } from './records/clients.ts'
import { createInteractions } from './records/interactions.ts'
import { createLeads } from './records/leads.ts'
import { createTasks } from './records/tasks.ts'
import type { RecordOptions } from './records/types.ts'

export type OpenConflict = {
  collection: 'clients' | 'leads' | 'interactions' | 'tasks'
  id: string
  login: number
  title: string
  conflicts: FieldConflict[]
}

const LISTED = 200

/** What people of the desk write down about clients and leads. Works without any connection. */
export const createCrm = (options: RecordOptions) => {
  const clients = createClients(options)
  const tasks = createTasks(options, clients)
  const interactions = createInteractions(options, clients, tasks)
  const leads = createLeads(options, clients)
  const { documents } = options

  /** Documents with conflicts that nobody has settled yet, oldest first. */
  const conflicts = async (): Promise<OpenConflict[]> => {
    const question = {
      selector: { conflictAt: { $gte: 1 } },
      sort: [{ conflictAt: 'asc' as const }, { id: 'asc' as const }],
      limit: LISTED,
    }
    const [ofClients, ofLeads, ofInteractions, ofTasks] = await Promise.all([
      documents.clients.find(question),
      documents.leads.find(question),
      documents.interactions.find(question),
      documents.tasks.find(question),
    ])
    const entry =
      (collection: OpenConflict['collection']) =>
      (
        each: { id: string; login: number; name?: string; title?: string } & {
          conflicts: FieldConflict[]
          conflictAt: number
        },
      ) => ({
        at: each.conflictAt,
        entry: {
          collection,
          id: each.id,
          login: each.login,
          title: each.name ?? each.title ?? '',
          conflicts: each.conflicts,
        },
      })
    return [
      ...ofClients.map(entry('clients')),
      ...ofLeads.map(entry('leads')),
      ...ofInteractions.map(entry('interactions')),
      ...ofTasks.map(entry('tasks')),
    ]
      .toSorted((a, b) => a.at - b.at)
      .slice(0, LISTED)
      .map((each) => each.entry)
  }
  return { clients, interactions, tasks, leads, conflicts }
}
export type Crm = ReturnType<typeof createCrm>
