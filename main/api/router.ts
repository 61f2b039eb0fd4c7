import type { AlertEvent } from '../../shared/api/contract.ts'
import type { ShockScope } from '../../shared/api/what-if.ts'
import { bars } from './bars.ts'
import { clientCardFor } from './card.ts'
import { createChain } from './chain.ts'
import type { ApiContext } from './context.ts'
import { crmRouter } from './crm-router.ts'
import { dataRouter } from './data-router.ts'
import { findDocumentHits } from './document-hits.ts'
import { pushed } from './latest.ts'
import { createOutboxDesk, watchOutbox } from './outbox.ts'
import type { Services } from './services.ts'

/** Later alerts win; a full list swallows what came before it. */
const mergeAlerts = (waiting: AlertEvent, next: AlertEvent): AlertEvent => {
  if (next.kind === 'all') return next
  const byId = new Map(waiting.alerts.map((a) => [a.id, a]))
  for (const alert of next.alerts) byId.set(alert.id, alert)
  return { kind: waiting.kind, alerts: [...byId.values()] }
}

/** What a shock names, for the error when it is not there. */
const scopeName = (scope: ShockScope): string =>
  scope.kind === 'symbol'
    ? `symbol ${scope.symbol}`
    : scope.kind === 'currency'
      ? `a pair with ${scope.currency}`
      : 'a book'

/** The router behind the contract; the chain stands before every procedure, then come its schema and its handler. */
export const createRouter = (services: Services, trustedOrigins: readonly string[]) => {
  const { book, link, risk, store, outbox } = services
  const people = createOutboxDesk(outbox)
  const os = createChain(services, trustedOrigins)

  const session = (context: ApiContext) => ({
    ...services.facts,
    role: context.window.role(),
    user: context.window.user,
  })

  return os.router({
    session: {
      get: os.session.get.handler(({ context }) => session(context)),
      open: os.session.open.handler(({ context, input }) => {
        context.window.setRole(input.role)
        return session(context)
      }),
    },
    desk: {
      status: os.desk.status.handler(() => services.status()),
      watch: os.desk.watch.handler(async function* ({ signal }) {
        yield services.status()
        yield* pushed(services.onStatus, (_, next) => next, signal)
      }),
      reconnect: os.desk.reconnect.handler(() => link.reconnect()),
      resync: os.desk.resync.handler(() => link.resync()),
    },
    views: {
      open: os.views.open.handler(({ context, input }) => ({ viewId: context.window.openView(input) })),
      change: os.views.change.handler(({ context, input, errors }) => {
        if (!context.window.changeView(input.viewId, input.spec))
          throw errors.NOT_FOUND({ data: { what: 'view' } })
      }),
      close: os.views.close.handler(({ context, input }) => {
        context.window.closeView(input.viewId)
      }),
    },
    clients: {
      card: os.clients.card.handler(async ({ input, errors }) => {
        const card = await clientCardFor(services, input.login)
        if (card === null) throw errors.NOT_FOUND({ data: { what: `account ${input.login}` } })
        return card
      }),
    },
    positions: {
      explain: os.positions.explain.handler(async ({ input, errors }) => {
        const explanation = await book.explain(input.order)
        if (explanation === null) throw errors.NOT_FOUND({ data: { what: `position ${input.order}` } })
        return explanation
      }),
    },
    accounts: {
      explain: os.accounts.explain.handler(async ({ input, errors }) => {
        const explanation = await book.explainAccount(input.login)
        if (explanation === null) throw errors.NOT_FOUND({ data: { what: `account ${input.login}` } })
        return explanation
      }),
      limits: os.accounts.limits.handler(async ({ input, errors }) => {
        const limits = await book.limits(input.login, input.target)
        if (limits === null) throw errors.NOT_FOUND({ data: { what: `account ${input.login}` } })
        return limits
      }),
    },
    risk: {
      whatIf: os.risk.whatIf.handler(async ({ input: { limit, ...shock }, errors }) => {
        const answer = await book.whatIf(shock, limit)
        if (answer === null) throw errors.NOT_FOUND({ data: { what: scopeName(shock.scope) } })
        return answer
      }),
    },
    search: {
      find: os.search.find.handler(({ input }) => book.search(input.text, input.limit)),
      documents: os.search.documents.handler(({ input }) => findDocumentHits(store, input)),
    },
    chart: { bars: os.chart.bars.handler(({ input }) => bars(services, input)) },
    alerts: {
      watch: os.alerts.watch.handler(async function* ({ signal }) {
        yield* pushed((push) => risk.watch(push), mergeAlerts, signal)
      }),
      seen: os.alerts.seen.handler(({ context, input }) => risk.seen(input.ids, context.window.user)),
      call: os.alerts.call.handler(({ context, input }) =>
        risk.call(input.id, input.number, context.window.user),
      ),
      outcome: os.alerts.outcome.handler(({ context, input }) => {
        const { id, ...given } = input
        return risk.outcome(id, { ...given, by: context.window.user })
      }),
    },
    rules: {
      list: os.rules.list.handler(() => risk.rules()),
      save: os.rules.save.handler(({ input }) => risk.saveRule(input)),
    },
    payments: {
      request: os.payments.request.handler(({ context, input }) =>
        services.payments.request(input, context.window.user),
      ),
      list: os.payments.list.handler(({ input }) => services.payments.ofLogin(input.login, input.limit)),
    },
    outbox: {
      watch: os.outbox.watch.handler(async function* ({ input, signal }) {
        yield* watchOutbox(outbox, input, signal)
      }),
      retry: os.outbox.retry.handler(({ context, input }) => people.retry(context.window, input.key)),
      cancel: os.outbox.cancel.handler(({ context, input }) => people.cancel(context.window, input.key)),
      release: os.outbox.release.handler(({ context, input }) => people.release(context.window, input.key)),
      settle: os.outbox.settle.handler(({ context, input }) =>
        people.settle(context.window, input.key, input.executed),
      ),
      pause: os.outbox.pause.handler(({ context, input }) =>
        outbox.pause(input.channel, input.paused, context.window.user),
      ),
    },
    statements: {
      reconcile: os.statements.reconcile.handler(({ input }) =>
        services.statements.reconcile(input.name, Buffer.from(input.gzip, 'base64')),
      ),
    },
    ...crmRouter(os, services.crm),
    ...dataRouter(os, store.data),
    layouts: {
      load: os.layouts.load.handler(async ({ context, input }) => ({
        json: await store.layouts.get(`${context.window.role()}:${input.name}`),
      })),
      save: os.layouts.save.handler(({ context, input }) =>
        store.layouts.put(`${context.window.role()}:${input.name}`, input.json),
      ),
    },
  })
}
export type DeskRouter = ReturnType<typeof createRouter>
