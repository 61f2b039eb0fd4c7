import { type ViewMeta, type ViewSpec, viewTables } from '../../../shared/api/views.ts'
import { FrameType, openFrame } from '../../../shared/wire/header.ts'
import type { TableSchema } from '../../../shared/wire/schema.ts'
import { createFrameRoom, createViewWriter, type ViewWriter } from '../../../shared/wire/view-frames.ts'
import { fakeRows, fakeTotals } from './fake-rows.ts'
import type { FakeWorld } from './fake-world.ts'

type OpenView = {
  spec: ViewSpec
  writer: ViewWriter
  whole: boolean
  n: number
  acked: number
  sentAt: number
}

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
  const room = createFrameRoom()
  let lastId = 0

  const writerOf = ({ kind, columns }: ViewSpec): ViewWriter => {
    const table: TableSchema = viewTables[kind]
    return createViewWriter(
      table,
      columns ? table.names.filter((n) => columns.includes(n)) : table.names,
      room,
    )
  }

  const frameOf = (viewId: number, view: OpenView, valuedAt: number, serverTime: number) => {
    const { spec } = view
    const { rows, all } = fakeRows(spec.kind, world, spec.filter, spec.sort, spec.groupBy)
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
    const shown = rows.slice(spec.from, spec.from + spec.count) as Record<string, number | string>[]
    const columns = Object.fromEntries(
      viewTables[spec.kind].names.map((name) => [
        name,
        { at: (i: number) => shown[i]?.[name] as number | string },
      ]),
    )
    const header = { type: FrameType.VIEW, n: view.n, scope: viewId, first: meta.from }
    const ids = Int32Array.from(shown, (_, i) => i)
    const frame = view.writer.frame(header, meta, { ids, columns }, view.whole)
    view.whole = false
    return frame
  }

  return {
    open: (spec) => {
      lastId += 1
      views.set(lastId, { spec, writer: writerOf(spec), whole: true, n: 0, acked: 0, sentAt: 0 })
      return lastId
    },
    change: (viewId, spec) => {
      const view = views.get(viewId)
      if (view) Object.assign(view, { spec, writer: writerOf(spec), whole: true, sentAt: 0, acked: view.n })
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
