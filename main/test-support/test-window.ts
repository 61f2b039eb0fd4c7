import { MessageChannel, type MessagePort } from 'node:worker_threads'
import { createORPCClient } from '@orpc/client'
import { RPCLink } from '@orpc/client/message-port'
import type { ContractRouterClient } from '@orpc/contract'
import { RPCHandler } from '@orpc/server/websocket'
import type { DeskContract } from '../../shared/api/contract.ts'
import {
  type ViewData,
  type ViewKind,
  type ViewMeta,
  type ViewSpec,
  viewMetaSchema,
  viewTables,
} from '../../shared/api/views.ts'
import { type Log, silentLog } from '../../shared/runtime/ports.ts'
import { emptyFrame, type FrameHeader, FrameType, openFrame } from '../../shared/wire/header.ts'
import { rowAt } from '../../shared/wire/schema.ts'
import { readView } from '../../shared/wire/view-frames.ts'
import type { Desk } from '../desk.ts'
import { framePort, serveCalls } from '../electron/port-channels.ts'

type Row = Record<string, number | string>

/** A view as a window holds it. */
export type TestView = {
  readonly id: number
  readonly meta: () => ViewMeta | null
  readonly rows: () => readonly Row[]
  /** Frames painted. */
  readonly painted: () => number
  readonly change: (spec: ViewSpec) => Promise<void>
  readonly close: () => Promise<void>
}

export type TestWindow = {
  readonly api: ContractRouterClient<DeskContract>
  readonly view: (spec: Partial<ViewSpec> & Pick<ViewSpec, 'kind'>) => Promise<TestView>
  /** Posts anything at all to the desk's end. */
  readonly throwAt: (end: 'rpc' | 'frames', what: unknown) => void
  /** Frames that came for any view, painted or not. */
  readonly frames: () => number
  readonly close: () => void
}

export const ownOrigin = 'app://deskline'

export const viewSpec = (given: Partial<ViewSpec> & Pick<ViewSpec, 'kind'>): ViewSpec => ({
  filter: {},
  sort: { column: '', descending: false },
  from: 0,
  count: 200,
  pace: 30,
  hold: false,
  ...given,
})

type MessagePortMain = Parameters<typeof framePort>[0]

/** Electron's port in the main process: the same but for its events, which carry what was posted in `data`. */
const mainPort = (port: MessagePort): MessagePortMain => {
  const like = {
    postMessage: (data: unknown) => port.postMessage(data),
    on: (event: string, fn: (event: { data: unknown }) => void) =>
      port.on(event, (data: unknown) => fn({ data })),
  }
  return like as unknown as MessagePortMain
}

/**
 * A window at the desk, over real message ports: the calls and frames of the Electron host on one end, and on the other
 * a page that paints every frame at once, takes none that is older than what it shows, and acknowledges what it painted.
 */
export const openTestWindow = (
  desk: Pick<Desk, 'router' | 'openWindow'>,
  { user = 'ann', origin = ownOrigin, log = silentLog }: { user?: string; origin?: string; log?: Log } = {},
): TestWindow => {
  const rpc = new MessageChannel()
  const frames = new MessageChannel()
  const session = desk.openWindow(framePort(mainPort(frames.port1)), user, origin)
  serveCalls(new RPCHandler(desk.router), mainPort(rpc.port1), session.context, log)
  rpc.port1.on('close', session.close)

  const api: TestWindow['api'] = createORPCClient(new RPCLink({ port: rpc.port2 }))
  rpc.port2.start()
  const takers = new Map<number, (header: FrameHeader, frame: Uint8Array<ArrayBuffer>) => void>()
  const early = new Map<number, Uint8Array[]>()
  let came = 0

  const take = (bytes: Uint8Array): void => {
    const { header, frame } = openFrame(bytes)
    const taker = takers.get(header.scope)
    if (taker) taker(header, frame)
    else early.set(header.scope, [...(early.get(header.scope) ?? []), bytes])
  }
  frames.port2.on('message', (bytes: Uint8Array) => {
    came += 1
    take(bytes)
  })

  return {
    api,
    view: async (given) => {
      const spec = viewSpec(given)
      const { viewId: id } = await api.views.open(spec)
      let meta: ViewMeta | null = null
      let rows: Row[] = []
      let last = 0
      let painted = 0
      let data: ViewData<ViewKind> | null = null
      takers.set(id, (header, frame) => {
        const { n } = header
        if (n <= last) return
        last = n
        const table = viewTables[spec.kind]
        const shown = readView(table, header, frame, data as never)
        data = shown.data
        meta = viewMetaSchema.parse(shown.meta)
        rows = Array.from({ length: header.rows }, (_, i) => rowAt(table, shown.data as never, i))
        painted += 1
        const head = { type: FrameType.VIEW_ACK, stream: 0, n, scope: id, first: 0, rows: 0, flags: 0 }
        frames.port2.postMessage(emptyFrame(head))
      })
      for (const bytes of early.get(id) ?? []) take(bytes)
      early.delete(id)
      return {
        id,
        meta: () => meta,
        rows: () => rows,
        painted: () => painted,
        change: (next) => api.views.change({ viewId: id, spec: next }),
        close: async () => {
          takers.delete(id)
          await api.views.close({ viewId: id })
        },
      }
    },
    throwAt: (end, what) => (end === 'rpc' ? rpc : frames).port2.postMessage(what),
    frames: () => came,
    close: () => {
      rpc.port2.close()
      frames.port2.close()
    },
  }
}
