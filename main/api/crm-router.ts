import type { Page } from '../../shared/api/pages.ts'
import { mergePages } from '../../shared/api/pages.ts'
import type { Crm } from '../crm/create-crm.ts'
import type { Chain } from './chain.ts'
import { pushed } from './latest.ts'

/** A list as a window hears it: what it did not take yet comes as one change. */
const pages = async function* <R extends { id: string }>(
  watch: (push: (page: Page<R>) => void) => Promise<() => void> | (() => void),
  signal: AbortSignal | undefined,
): AsyncGenerator<Page<R>, void, void> {
  let push: (page: Page<R>) => void = () => {}
  let first: Page<R> | null = null
  const end = await watch((page) => {
    if (first === null) first = page
    push(page)
  })
  yield* pushed<Page<R>>(
    (next) => {
      push = next
      if (first !== null) next(first)
      return end
    },
    mergePages,
    signal,
  )
}

/** Clients, what passed with them, tasks and leads. */
export const crmRouter = (os: Chain, crm: Crm) => ({
  crm: {
    profile: os.crm.profile.handler(({ input }) => crm.clients.profile(input.login)),
    watchProfile: os.crm.watchProfile.handler(async function* ({ input, signal }) {
      yield* pushed(
        (push) => crm.clients.watchProfile(input.login, push),
        (_, next) => next,
        signal,
      )
    }),
    save: os.crm.save.handler(({ context, input: { login, ...edits } }) =>
      crm.clients.save(login, edits, context.window.user),
    ),
    resolve: os.crm.resolve.handler(({ context, input }) =>
      crm.clients.resolve(input.login, input.conflict, input.choose, context.window.user),
    ),
    watchClients: os.crm.watchClients.handler(async function* ({ input, signal }) {
      yield* pages((push) => crm.clients.watchList(input, push), signal)
    }),
    conflicts: os.crm.conflicts.handler(() => crm.conflicts()),
  },
  interactions: {
    watch: os.interactions.watch.handler(async function* ({ input, signal }) {
      yield* pages((push) => crm.interactions.watchList(input, push), signal)
    }),
    note: os.interactions.note.handler(({ context, input }) =>
      crm.interactions.note(input, context.window.user),
    ),
    call: os.interactions.call.handler(({ context, input }) =>
      crm.interactions.call(input, context.window.user),
    ),
    ticket: os.interactions.ticket.handler(({ context, input }) =>
      crm.interactions.ticket(input, context.window.user),
    ),
    save: os.interactions.save.handler(({ context, input: { id, ...edits } }) =>
      crm.interactions.save(id, edits, context.window.user),
    ),
    resolve: os.interactions.resolve.handler(({ context, input }) =>
      crm.interactions.resolve(input.id, input.conflict, input.choose, context.window.user),
    ),
  },
  tasks: {
    watch: os.tasks.watch.handler(async function* ({ input, signal }) {
      yield* pages((push) => crm.tasks.watchList(input, push), signal)
    }),
    add: os.tasks.add.handler(({ context, input }) => crm.tasks.add(input, context.window.user)),
    save: os.tasks.save.handler(({ context, input: { id, ...edits } }) =>
      crm.tasks.save(id, edits, context.window.user),
    ),
    resolve: os.tasks.resolve.handler(({ context, input }) =>
      crm.tasks.resolve(input.id, input.conflict, input.choose, context.window.user),
    ),
  },
  leads: {
    watch: os.leads.watch.handler(async function* ({ input, signal }) {
      yield* pages((push) => crm.leads.watchList(input, push), signal)
    }),
    get: os.leads.get.handler(({ input }) => crm.leads.get(input.id)),
    add: os.leads.add.handler(({ context, input }) => crm.leads.add(input, context.window.user)),
    save: os.leads.save.handler(({ context, input: { id, ...edits } }) =>
      crm.leads.save(id, edits, context.window.user),
    ),
    resolve: os.leads.resolve.handler(({ context, input }) =>
      crm.leads.resolve(input.id, input.conflict, input.choose, context.window.user),
    ),
    convert: os.leads.convert.handler(({ context, input }) =>
      crm.leads.convert(input.id, input.login, context.window.user),
    ),
  },
})
