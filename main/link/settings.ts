import type { BackoffSettings } from './backoff.ts'

/** Times in ms. The defaults are those of docs/bridge.md; tests shorten them. */
export type LinkSettings = {
  /** A socket that is not connected by then is given up. */
  connectMs: number
  /** Longest wait for the answer to hello, sign-in and follow. */
  answerMs: number
  beatMs: number
  /** A beat unanswered for this long ends the connection. */
  beatTimeoutMs: number
  /** The same after a wake from sleep, when the connection is probably dead. */
  verifyMs: number
  /** Nothing heard for this long: the figures are old. */
  silentMs: number
  /** The bridge says it sent a frame we have not seen: followed anew after this long without any frame… */
  aheadMs: number
  /** …or after more beats than this. */
  aheadBeats: number
  /** Snapshot or catching up without a frame arriving or being applied. */
  stallMs: number
  /** A timer that fires this much late means that the machine slept. */
  lateMs: number
  reconnect: BackoffSettings
  /** Refused sign-in or version: tried again this slowly (to twice this), so as not to lock the login. */
  slowRetryMs: number
  /** Between follows on one connection, when they keep failing. */
  refollow: BackoffSettings
  /** This long without trouble and the back-offs start from the beginning. */
  calmMs: number
  ackMs: number
  /** Status goes out at most this often between changes of phase. */
  statusMs: number
  window: { frames: number; bytes: number }
  /** An unanswered command is asked for again (same id) this often… */
  commandAckMs: number
  /** …until its outcome is declared unknown. */
  commandMs: number
}

export const defaultSettings: LinkSettings = {
  connectMs: 10_000,
  answerMs: 10_000,
  beatMs: 2000,
  beatTimeoutMs: 6000,
  verifyMs: 2000,
  silentMs: 5000,
  aheadMs: 3000,
  aheadBeats: 2,
  stallMs: 20_000,
  lateMs: 3000,
  reconnect: { baseMs: 500, capMs: 30_000 },
  slowRetryMs: 30_000,
  refollow: { baseMs: 250, capMs: 30_000 },
  calmMs: 30_000,
  ackMs: 50,
  statusMs: 250,
  window: { frames: 256, bytes: 32 * 1024 * 1024 },
  commandAckMs: 15_000,
  commandMs: 60_000,
}
