import {
  type ViewData,
  type ViewKind,
  type ViewMeta,
  type ViewSpec,
  viewMetaSchema,
  viewTables,
} from '../../../shared/api/views.ts'
import type { RecordStream } from '../../../shared/bridge/streams.ts'
import type { Applied, Refused } from '../../../shared/runtime/frame-sink.ts'
import { openFrame } from '../../../shared/wire/header.ts'
import { rowAt } from '../../../shared/wire/schema.ts'
import { readView } from '../../../shared/wire/view-frames.ts'
import { type BookSettings, createBookCore } from '../book-core.ts'
import type { Marks } from '../types.ts'
import { createFeed } from './feed.ts'

export type Shown<K extends ViewKind> = { n: number; meta: ViewMeta; data: ViewData<K> }

/** Reads the frames of a view one after another the way a window does; a frame can be read again by another reader. */
export const frameReader = <K extends ViewKind>(kind: K): ((bytes: Uint8Array) => Shown<K>) => {
  let before: ViewData<K> | null = null
  return (bytes) => {
    const { header, frame } = openFrame(bytes.slice())
    const { meta, data } = readView(viewTables[kind], header, frame, before as never)
    before = data
    return { n: header.n, meta: viewMetaSchema.parse(meta), data: before }
  }
}

export const viewRows = (
  kind: ViewKind,
  data: { rows: number; columns: object },
): Record<string, number | string>[] =>
  Array.from({ length: data.rows }, (_, i) => rowAt(viewTables[kind], data as never, i))

/** A book core with a clock under control, a feed into it and everything it said. */
export const createHarness = (base = 'USD', settings: BookSettings = {}) => {
  const applied: Applied[] = []
  const refused: Refused[] = []
  const mismatches: RecordStream[][] = []
  const marks: Marks[] = []
  const frames: { viewId: number; frame: Uint8Array }[] = []
  let now = 1_000_000
  let lastView = 0
  const core = createBookCore(
    base,
    { now: () => now },
    () => now,
    {
      applied: (a) => applied.push(a),
      refused: (r) => refused.push(r),
      mismatch: (m) => mismatches.push(m),
      marks: (m) => marks.push(m),
      viewFrame: (viewId, frame) => frames.push({ viewId, frame }),
    },
    settings,
  )
  const feed = createFeed(core.accept)
  return {
    core,
    feed,
    applied,
    refused,
    mismatches,
    marks,
    frames,
    now: () => now,
    /** What a window shows of a view after its last frame. */
    read: <K extends ViewKind>(kind: K, viewId: number): Shown<K> => {
      const read = frameReader(kind)
      const shown = frames.filter((f) => f.viewId === viewId).map(({ frame }) => read(frame))
      return shown.at(-1) as Shown<K>
    },
    pass: (ms: number) => {
      now += ms
      core.tick()
    },
    /** Opens a view, takes its first frame and closes it. */
    look: <K extends ViewKind>(kind: K, spec: Partial<ViewSpec> = {}): Shown<K> => {
      const viewId = ++lastView + 1_000_000
      core.openView(viewId, {
        kind,
        filter: {},
        sort: { column: '', descending: false },
        from: 0,
        count: 1000,
        pace: 4,
        hold: false,
        ...spec,
      })
      core.closeView(viewId)
      const last = frames.findLast((f) => f.viewId === viewId)
      if (!last) throw new Error('no frame')
      return frameReader(kind)(last.frame)
    },
  }
}
export type Harness = ReturnType<typeof createHarness>
