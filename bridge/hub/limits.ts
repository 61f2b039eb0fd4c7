/** Every bound of a bridge in one place; times in milliseconds. Tests make them small. */
export type BridgeLimits = {
  desks: number
  helloMs: number
  signInMs: number
  /** Refused messages a connection may send in a minute. */
  refusedPerMinute: number
  /** The bridge grants at most this much of the window a desk asks for. */
  windowFrames: number
  windowBytes: number
  /** Changes and ticks go out this long after they arrived, together with what came meanwhile. */
  flushMs: number
  checkpointMs: number
  /** A desk that acknowledges nothing for so long while frames are under way is dropped. */
  ackMs: number
  housekeepingMs: number
  journalEntries: number
  journalBytes: number
  tickRing: number
  /** A frame is closed at so many rows or about so many bytes. */
  chunkRows: number
  chunkBytes: number
  /** A batch is closed at the first transaction boundary at or behind so many changes. */
  batchChanges: number
  /** What one desk is sent before the event loop gets its turn. */
  turnBytes: number
  /** Rows encoded once for all snapshots: of worlds of about so many bytes at most (0: none), looked after this often. */
  keptBytes: number
  keptMs: number
  /** Answers kept: at least so many, and at least for so long, but never more than the cap. */
  answers: number
  answersMs: number
  answersCap: number
  commandsInFlight: number
  messageBytes: number
}

export const defaultLimits: BridgeLimits = {
  desks: 64,
  helloMs: 5000,
  signInMs: 10_000,
  refusedPerMinute: 100,
  windowFrames: 4096,
  windowBytes: 64 * 1024 * 1024,
  flushMs: 25,
  checkpointMs: 5000,
  ackMs: 60_000,
  housekeepingMs: 1000,
  journalEntries: 262_144,
  journalBytes: 96 * 1024 * 1024,
  tickRing: 65_536,
  chunkRows: 8192,
  chunkBytes: 1536 * 1024,
  batchChanges: 2048,
  turnBytes: 2 * 1024 * 1024,
  keptBytes: 1024 * 1024 * 1024,
  keptMs: 10_000,
  answers: 10_000,
  answersMs: 600_000,
  answersCap: 200_000,
  commandsInFlight: 1024,
  messageBytes: 256 * 1024,
}
