import { z } from 'zod'
import { inProject } from '../../build/project.ts'
import { type ViewData, viewMetaSchema, viewTables } from '../../shared/api/views.ts'
import { emptyFrame, FrameType, openFrame } from '../../shared/wire/header.ts'
import { readView } from '../../shared/wire/view-frames.ts'
import type { Live } from './commands.ts'
import type { Page } from './page.ts'

/** The parts of the window's own client that are used here; its types need a DOM, which this process has not. */
type Client = {
  api: {
    session: { open: (input: object) => Promise<unknown> }
    desk: { watch: () => Promise<AsyncIterable<{ link: { phase: string } }>> }
    views: { open: (input: object) => Promise<{ viewId: number }> }
  }
  frames: { send: (frame: Uint8Array) => void; onFrame: (fn: (bytes: Uint8Array) => void) => void }
  onState: (fn: (state: { phase: string }) => void) => void
  state: () => { phase: string }
  close: () => void
}

type AnyFunction = (...args: unknown[]) => unknown
const exportsSchema = z.object({
  electronTransport: z.custom<AnyFunction>((value) => typeof value === 'function'),
})
const clientSchema = z.object({
  createDeskClient: z.custom<(options: object) => Client>((value) => typeof value === 'function'),
})

const connect = async (page: Page): Promise<{ client: Client; session: unknown }> => {
  let session: unknown
  const { electronTransport } = exportsSchema.parse(
    await import(inProject('renderer/data/electron-connection.ts')),
  )
  const { createDeskClient } = clientSchema.parse(await import(inProject('renderer/data/desk-client.ts')))
  const client = createDeskClient({
    transport: electronTransport(page.exposed['deskline'], page.window),
    greet: async (api: Client['api']) => {
      session = await api.session.open({ role: 'dealer' })
    },
    clock: { now: () => Date.now() },
    timers: { setTimeout, clearTimeout },
    random: () => 0.5,
  })
  await new Promise<void>((done) => {
    const look = (): void => {
      if (client.state().phase === 'open') done()
    }
    client.onState(look)
    look()
  })
  return { client, session }
}

/** Plays a page from the handshake to live figures, acknowledging every frame as a window does. */
export const watchAccounts = async (page: Page, wanted: number): Promise<Live> => {
  const { client, session } = await connect(page)
  const phases: string[] = []
  for await (const status of await client.api.desk.watch()) {
    if (phases.at(-1) !== status.link.phase) phases.push(status.link.phase)
    if (status.link.phase === 'live') break
  }

  const seen: Live = { session, phases, frames: 0, rows: 0, matched: 0, valuedAt: [], live: false }
  let before: ViewData<'accounts'> | null = null
  const enough = new Promise<void>((done, fail) => {
    client.frames.onFrame((bytes) => {
      try {
        const { header, frame } = openFrame(bytes)
        const { meta, data } = readView(viewTables.accounts, header, frame, before)
        before = data
        const { matched, valuedAt, live } = viewMetaSchema.parse(meta)
        client.frames.send(
          emptyFrame({ ...header, type: FrameType.VIEW_ACK, stream: 0, first: 0, rows: 0, flags: 0 }),
        )
        seen.frames += 1
        seen.rows = data.rows
        seen.matched = matched
        seen.valuedAt.push(valuedAt)
        seen.live = live
        if (seen.frames >= wanted) done()
      } catch (error) {
        fail(error)
      }
    })
  })
  await client.api.views.open({
    kind: 'accounts',
    filter: {},
    sort: { column: 'dayPl', descending: true },
    from: 0,
    count: 50,
    pace: 10,
    hold: false,
  })
  await enough
  client.close()
  return seen
}
