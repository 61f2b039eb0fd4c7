import { systemClock, systemTimers } from '../../shared/runtime/ports.ts'
import { browserTransport, takeToken } from './browser-connection.ts'
import { createDeskClient, type DeskClient } from './desk-client.ts'
import type { Desk } from './desk-context.ts'
import { electronTransport } from './electron-connection.ts'
import { followStream } from './follow-stream.ts'
import { setDeskStatus, setWindowState } from './link-store.ts'
import { greetDesk } from './session-store.ts'
import { createViewRouter } from './view-router.ts'

const openClient = (page: Window): DeskClient => {
  const transport = page.deskline
    ? electronTransport(page.deskline, page)
    : browserTransport(
        takeToken({ location: page.location, history: page.history, storage: page.sessionStorage }),
        page.location.origin,
      )
  return createDeskClient({
    transport,
    greet: greetDesk,
    clock: systemClock,
    timers: systemTimers,
    random: Math.random,
  })
}

const pickClient = async (page: Window): Promise<DeskClient> => {
  const query = new URLSearchParams(page.location.search)
  if (!import.meta.env.DEV || !query.has('fake')) return openClient(page)
  const { createFakeClient } = await import('./fake/fake-client.ts')
  const client = createFakeClient(query)
  await greetDesk(client.api)
  return client
}

/** This window's desk, with its status flowing into the link store for as long as the page lives. */
export const openDesk = async (page: Window): Promise<Desk> => {
  const client = await pickClient(page)
  client.onState(setWindowState)
  setWindowState(client.state())
  followStream({
    client,
    timers: systemTimers,
    open: (signal) => client.api.desk.watch(undefined, { signal }),
    take: (status) => setDeskStatus(status, systemClock.now()),
    // The age of the last status shows it; there is no better place for the words.
    fail: () => {},
  })
  return { client, router: createViewRouter(client) }
}
