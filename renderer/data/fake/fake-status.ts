import type { DeskStatus, LinkStatus } from '../../../shared/api/models.ts'

/** A status of a desk in `phase`; counters grow with time. */
export const fakeStatus = (
  phase: LinkStatus['phase'],
  progress: number,
  now: number,
  startedAt: number,
): DeskStatus => {
  const seconds = (now - startedAt) / 1000
  const lag =
    phase === 'live' ? 18 + 14 * Math.abs(Math.sin(seconds / 7)) + (seconds % 31 < 1 ? 160 : 0) : 2400
  const detail: Record<LinkStatus['phase'], string> = {
    idle: 'Not started.',
    connecting: 'Connecting to 127.0.0.1.',
    synchronising: 'Taking a snapshot of the book.',
    live: 'Following the server.',
    stale: 'No frame for 4 s; asking again.',
    offline: 'The bridge does not answer. Next attempt in 5 s.',
  }
  return {
    link: {
      phase,
      detail: detail[phase],
      progress,
      rowsReceived: Math.round(progress * 9812),
      rowsExpected: 9812,
      bridge: 'Demo broker 1.0',
      url: 'http://127.0.0.1:7017',
      epoch: 'fake',
      serverTimeOffset: 7200,
      clockOffset: 3.4,
      roundTripMs: 1.2 + Math.abs(Math.sin(seconds)),
      lagMs: lag,
      lastHeard: phase === 'live' ? now - 40 : now - 8000,
      liveSince: phase === 'live' ? startedAt : 0,
      nextAttempt: phase === 'offline' ? now + 5000 : 0,
      attempts: phase === 'offline' ? 3 : 0,
      counters: {
        frames: Math.round(seconds * 21),
        bytes: Math.round(seconds * 41_000),
        ticks: Math.round(seconds * 310),
        changes: Math.round(seconds * 14),
        refused: 1,
        gaps: 0,
        resyncs: 0,
        snapshots: 1,
        resumes: 2,
        reconnects: 2,
        hashMismatches: 0,
      },
      lastRefusal: { at: startedAt + 1000, fault: 'BAD_CHECKSUM', detail: 'expected 812, got 99' },
    },
    book: {
      accounts: 320,
      positions: 900,
      pendings: 0,
      symbols: 14,
      groups: 8,
      valuedAt: now,
      passMs: 0.8,
      memoryBytes: 21_400_000,
      source: 'bridge',
      asOf: now,
      kept: { asOf: 0, detail: '' },
    },
    store: { ok: true, detail: '' },
    utc: now,
  }
}
