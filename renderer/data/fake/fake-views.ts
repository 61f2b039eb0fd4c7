import { type ViewMeta, type ViewSpec, viewTables } from '../../../shared/api/views.ts'
import { columnsFromRows } from '../../../shared/wire/columns.ts'
import { viewFrame } from '../../../shared/wire/frames.ts'
import { FrameType, openFrame } from '../../../shared/wire/header.ts'
import { fakeRows, fakeTotals } from './fake-rows.ts'
import type { FakeWorld } from './fake-world.ts'

type OpenView = { spec: ViewSpec; n: number; acked: number; sentAt: number }

export type FakeViews = {
  readonly open: (spec: ViewSpec) => number
  readonly change: (viewId: number, spec: ViewSpec) => void
  readonly close: (viewId: number) => void
  readonly ack: (frame: Uint8Array<ArrayBuffer>) => void
  /** Sends a frame to every view that acknowledged its last and whose pace allows. */
  readonly pump: (now: number, valuedAt: number, serverTime: number) => void
}

export const createFakeViews = (
  world: FakeWorld,
  live: () => boolean,
  send: (frame: Uint8Array<ArrayBuffer>) => void,
): FakeViews => {
  const views = new Map<number, OpenView>()
  let lastId = 0

  const frameOf = (viewId: number, view: OpenView, valuedAt: number, serverTime: number) => {
    const { spec } = view
    const { rows, all } = fakeRows(spec.kind, world, spec.filter, spec.sort)
    const meta: ViewMeta = {
      kind: spec.kind,
      matched: rows.length,
      all,
      from: Math.min(spec.from, rows.length),
      totals: fakeTotals(rows),
      serverTime,
      valuedAt,
      live: live(),
      base: 'USD',
    }
    const schema = viewTables[spec.kind]
    const slice = rows.slice(spec.from, spec.from + spec.count)
    return viewFrame(
      { type: FrameType.VIEW, stream: 0, n: view.n, scope: viewId, first: meta.from, flags: 0 },
      meta,
      schema,
      columnsFromRows(schema, slice as never),
    )
  }

  return {
    open: (spec) => {
      lastId += 1
      views.set(lastId, { spec, n: 0, acked: 0, sentAt: 0 })
      return lastId
    },
    change: (viewId, spec) => {
      const view = views.get(viewId)
      if (view) Object.assign(view, { spec, sentAt: 0, acked: view.n })
    },
    close: (viewId) => views.delete(viewId),
    ack: (frame) => {
      const { header } = openFrame(frame)
      const view = views.get(header.scope)
      if (view) view.acked = header.n
    },
    pump: (now, valuedAt, serverTime) => {
      for (const [viewId, view] of views) {
        if (view.acked < view.n || now - view.sentAt < 1000 / view.spec.pace) continue
        view.n += 1
        view.sentAt = now
        send(frameOf(viewId, view, valuedAt, serverTime))
      }
    },
  }
}
