import { randomUUID } from 'node:crypto'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createRouterClient } from '@orpc/server'
import { frameReader, viewRows } from '../../main/book/testing/harness.ts'
import { createDesk, type Desk } from '../../main/desk.ts'
import { keyFileOnly } from '../../main/desk-options.ts'
import type { ViewKind, ViewMeta, ViewSpec } from '../../shared/api/views.ts'
import { silentLog, systemClock, systemTimers } from '../../shared/runtime/ports.ts'
import { emptyFrame, FrameType, openFrame } from '../../shared/wire/header.ts'

/** A whole desk with a profile of its own, and windows into it that acknowledge every frame at once. */

const ORIGIN = 'app://bench'
const bookSettings = { aBookGroups: ['*-pro', '*-vip'], synonyms: {} }

export type SoakDesk = { readonly desk: Desk; readonly close: () => Promise<void> }

export const openDesk = async (url: string, token: string, bookWorker: URL): Promise<SoakDesk> => {
  const profile = await mkdtemp(join(tmpdir(), 'deskline-soak-'))
  await writeFile(join(profile, 'book.json'), JSON.stringify(bookSettings))
  const desk = await createDesk({
    profile,
    bridge: { kind: 'url', url, credentials: { token } },
    base: 'USD',
    keys: keyFileOnly,
    bookWorker,
    bridgeWorker: new URL('../../bridge/worker.ts', import.meta.url),
    statementWorker: new URL('../../main/statements/worker.ts', import.meta.url),
    storeWorker: new URL('../../main/store/worker.ts', import.meta.url),
    searchWorker: new URL('../../main/store/search/worker.ts', import.meta.url),
    host: 'node',
    version: '0',
    trustedOrigins: [ORIGIN],
    clock: systemClock,
    timers: systemTimers,
    random: Math.random,
    newId: randomUUID,
    log: silentLog,
  })
  return {
    desk,
    close: async () => {
      await desk.close()
      await rm(profile, { recursive: true, force: true })
    },
  }
}

export type Row = Record<string, number | string>
export type Shown = { meta: ViewMeta; rows: () => Row[] }

export const keys: Readonly<Record<ViewKind, string>> = {
  accounts: 'login',
  positions: 'order',
  pendings: 'order',
  exposure: 'symbol',
  currencies: 'currency',
  quotes: 'symbol',
  groups: 'key',
}

export const specOf = (kind: ViewKind, more: Partial<ViewSpec> = {}): ViewSpec => ({
  kind,
  filter: {},
  sort: { column: keys[kind], descending: false },
  from: 0,
  count: 60,
  pace: 10,
  hold: false,
  ...more,
})

export const openWindow = async (desk: Desk) => {
  const takers = new Map<number, (frame: Uint8Array) => void>()
  let toDesk: (bytes: Uint8Array) => void = () => {}
  let frames = 0
  const { context, close } = desk.openWindow(
    {
      send: (frame) => {
        const { n, scope } = openFrame(frame.slice()).header
        takers.get(scope)?.(frame)
        frames++
        toDesk(emptyFrame({ type: FrameType.VIEW_ACK, stream: 0, n, scope, first: 0, rows: 0, flags: 0 }))
      },
      onFrame: (fn) => {
        toDesk = fn
      },
    },
    'soak',
    ORIGIN,
  )
  const api = createRouterClient(desk.router, { context })
  await api.session.open({ role: 'admin' })

  /** Opens a view and keeps what it shows. */
  const view = async (first: ViewSpec) => {
    const { viewId } = await api.views.open(first)
    const read = frameReader(first.kind)
    let shown: Shown | null = null
    takers.set(viewId, (frame) => {
      const { meta, data } = read(frame)
      shown = { meta, rows: () => viewRows(first.kind, data) }
    })
    return {
      shown: () => shown,
      change: (spec: ViewSpec) => api.views.change({ viewId, spec }),
      close: async () => {
        takers.delete(viewId)
        await api.views.close({ viewId })
      },
    }
  }
  return { api, view, close, frames: () => frames }
}
export type SoakWindow = Awaited<ReturnType<typeof openWindow>>
