import { Counter, collectDefaultMetrics, Gauge, Registry } from 'prom-client'
import { type DeskStatus, linkPhases } from '../../shared/api/models.ts'

/** Figures of the host's own sockets; grow only. */
export type SocketCounts = {
  framesSent: number
  frameBytesSent: number
  framesReceived: number
  callsReceived: number
  refused: number
}

export type MetricsSource = {
  readonly status: () => DeskStatus
  readonly windows: () => number
  readonly sockets: () => Readonly<SocketCounts>
}

export type Metrics = {
  readonly contentType: string
  /** Prometheus text. */
  readonly text: () => Promise<string>
  readonly close: () => void
}

/** What `GET /metrics` tells: the link, the book, the windows and this process. Seconds and bytes, as Prometheus has it. */
export const createMetrics = (source: MetricsSource): Metrics => {
  const registry = new Registry()
  const gauge = (name: string, help: string, read: () => number): void => {
    const made = new Gauge({
      name: `deskline_${name}`,
      help,
      registers: [registry],
      collect: () => {
        made.set(read())
      },
    })
  }
  const counter = (name: string, help: string, read: () => number): void => {
    const made = new Counter({
      name: `deskline_${name}`,
      help,
      registers: [registry],
      collect: () => {
        made.reset()
        made.inc(read())
      },
    })
  }
  const { link, book } = { link: () => source.status().link, book: () => source.status().book }

  const phase = new Gauge({
    name: 'deskline_link_phase',
    help: '1 for the phase the link is in',
    labelNames: ['phase'],
    registers: [registry],
    collect: () => {
      const now = link().phase
      for (const name of linkPhases) phase.set({ phase: name }, name === now ? 1 : 0)
    },
  })
  gauge('link_lag_seconds', 'Age of the newest data when it was applied', () => link().lagMs / 1000)
  gauge('link_round_trip_seconds', 'Round trip of the last beat', () => link().roundTripMs / 1000)
  gauge('link_last_heard_timestamp_seconds', 'When the bridge was last heard', () => link().lastHeard / 1000)
  for (const name of Object.keys(source.status().link.counters) as (keyof DeskStatus['link']['counters'])[]) {
    const snake = name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`)
    counter(`link_${snake}_total`, `Link: ${name}`, () => link().counters[name])
  }
  gauge('book_accounts', 'Accounts in the book', () => book().accounts)
  gauge('book_positions', 'Open positions in the book', () => book().positions)
  gauge('book_pendings', 'Pending orders in the book', () => book().pendings)
  gauge('book_symbols', 'Symbols in the book', () => book().symbols)
  gauge('book_pass_seconds', 'Duration of the last valuation of everything', () => book().passMs / 1000)
  gauge('book_valued_timestamp_seconds', 'When the book was last valued', () => book().valuedAt / 1000)
  gauge('book_memory_bytes', 'Memory of the book', () => book().memoryBytes)
  gauge('store_ok', '1 while the store takes writes', () => (source.status().store.ok ? 1 : 0))
  gauge('windows', 'Windows connected', source.windows)
  counter('window_frames_sent_total', 'View frames sent to windows', () => source.sockets().framesSent)
  counter('window_frame_bytes_sent_total', 'Bytes of them', () => source.sockets().frameBytesSent)
  counter(
    'window_frames_received_total',
    'Frames received from windows',
    () => source.sockets().framesReceived,
  )
  counter('window_calls_total', 'Calls received from windows', () => source.sockets().callsReceived)
  counter('window_refused_total', 'Messages and connections refused', () => source.sockets().refused)
  collectDefaultMetrics({ register: registry })

  return { contentType: registry.contentType, text: () => registry.metrics(), close: () => registry.clear() }
}
