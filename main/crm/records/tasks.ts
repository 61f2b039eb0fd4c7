import type { z } from 'zod'
import type { About, taskEditSchema } from '../../../shared/api/crm.ts'
import type { Page } from '../../../shared/api/pages.ts'
import type { Interaction } from '../../../shared/documents/interaction.ts'
import type { Task } from '../../../shared/documents/task.ts'
import type { Clients } from './clients.ts'
import { editedBy } from './edited.ts'
import { made } from './made.ts'
import { shown } from './shown.ts'
import { subjectOf } from './subject.ts'
import type { RecordOptions } from './types.ts'

export type TaskEdit = z.infer<typeof taskEditSchema>
export type TaskList = {
  readonly state: Task['state']
  readonly owner?: string | undefined
  readonly about?: About | undefined
  readonly from: number
  readonly count: number
}
export type NewTask = Pick<Task, 'kind' | 'title' | 'text' | 'owner' | 'dueAt' | 'priority'> & {
  readonly about: About | null
}

/** Most characters of a title. */
const LINE_LENGTH = 200

/** What somebody has to do. */
export const createTasks = (options: RecordOptions, clients: Clients) => {
  const { documents, clock, newId } = options
  const { tasks, leads } = documents
  type Stored = Awaited<ReturnType<typeof tasks.find>>[number]
  const edited = editedBy<Stored, TaskEdit>(tasks, 'task', {}, options)

  const fresh = (by: string): Omit<Task, 'id' | 'kind' | 'title' | 'dueAt'> => ({
    subject: '',
    login: 0,
    text: '',
    owner: by,
    priority: 'normal',
    state: 'open',
    alert: '',
    doneAt: 0,
    doneBy: '',
    ...made(by, clock.now()),
  })
  const nameOf = async ({ login, subject }: Interaction): Promise<string> => {
    if (login > 0) return (await clients.ofLogin(login)).client.name
    return ((await clients.byId(subject)) ?? (await leads.get(subject)))?.name ?? ''
  }
  return {
    ...edited,
    add: async ({ about, ...task }: NewTask, by: string): Promise<Task> => {
      const whose = about === null ? null : await subjectOf(about, clients, documents)
      const added: Task = { id: newId(), ...fresh(by), ...whose, ...task }
      await tasks.put({ ...added, outgoing: [] })
      return added
    },
    /** The call that was agreed on in a call. Made once, however often it is asked for. */
    callBack: async (call: Interaction): Promise<void> => {
      const task: Task = {
        id: `callback:${call.id}`,
        kind: 'call',
        title: `Call back ${await nameOf(call)}`.trim().slice(0, LINE_LENGTH),
        dueAt: call.callBackAt,
        ...fresh(call.by),
        subject: call.subject,
        login: call.login,
        text: call.text,
        alert: call.alert,
      }
      await tasks.update(task.id, (before) => (before === null ? { ...task, outgoing: [] } : null))
    },
    save: (id: string, edits: Parameters<typeof edited.save>[1], by: string) =>
      edited.save(id, edits, by, (after, before) =>
        after.state === before.state
          ? after
          : {
              ...after,
              doneAt: after.state === 'done' ? after.updatedAt : 0,
              doneBy: after.state === 'done' ? by : '',
            },
      ),
    watchList: async (
      { state, owner, about, from, count }: TaskList,
      push: (page: Page<Task>) => void,
    ): Promise<() => void> => {
      const subject = about && (await subjectOf(about, clients, documents)).subject
      return tasks.watchPage(
        {
          selector: {
            ...(owner !== undefined && { owner }),
            state,
            ...(subject !== undefined && { subject }),
            dueAt: { $gte: 0 },
          },
          sort: [{ dueAt: 'asc' }, { id: 'asc' }],
          from,
          count,
        },
        (document) => shown(document),
        push,
      )
    },
  }
}
export type Tasks = ReturnType<typeof createTasks>
