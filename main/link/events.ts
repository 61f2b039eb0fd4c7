/** What can happen to the link. Each is a fact already checked: no raw data of the bridge gets this far. */
export type LinkEvent =
  /** `held`: the sink has a whole book already. */
  | { type: 'start'; held?: boolean }
  | { type: 'close' }
  /** The user wants a new connection, a fresh snapshot. */
  | { type: 'reconnect' }
  | { type: 'resync' }
  | { type: 'wake' }
  /** A deadline came, `late` ms after it was planned. */
  | { type: 'time'; late: number }
  | { type: 'connected' }
  | { type: 'lost'; reason: string }
  | { type: 'hello'; epoch: string; pumping: boolean; detail: string }
  | { type: 'hello-refused'; code: number; message: string }
  | { type: 'signed-in' }
  | { type: 'sign-in-refused'; code: number; message: string; retryAfterMs: number }
  | { type: 'followed'; resumed: boolean }
  | { type: 'follow-refused'; message: string }
  /** An answer that does not fit the protocol. */
  | { type: 'nonsense'; what: string }
  | { type: 'bridge-status'; pumping: boolean; detail: string }
  | { type: 'bye'; code: number; message: string }
  | { type: 'heard' }
  /** A frame that was in order was handed to the sink. */
  | { type: 'frame'; n: number; milestone?: 'begin' | 'end' | 'checkpoint'; epoch: string }
  /** A frame is missing or was damaged; what the sink has is sound. */
  | { type: 'gap'; reason: string }
  /** What the sink has can no longer be trusted. */
  | { type: 'unsound'; reason: string }
  /** The sink applied up to frame `n` of the current follow (0: of an older one). */
  | { type: 'applied'; n: number; settled: boolean }
  /** `mine`: about the current follow; `full`: the window was closed, so there may be more than `lastFrame` tells. */
  | { type: 'beat'; mine: boolean; lastFrame: number; seen: number; full: boolean; settled: boolean }

/** What the machine wants done. */
export type Effect =
  | { do: 'open' }
  | { do: 'drop' }
  | { do: 'hello' }
  | { do: 'sign-in' }
  /** Signed in: commands may go, those left without an answer go again. */
  | { do: 'commands' }
  /** Frames of the current follow are of no more use; `sound`: the numbers may be resumed from. */
  | { do: 'unfollow'; sound: boolean }
  | { do: 'follow' }
  | { do: 'beat' }
  | { do: 'new-epoch'; epoch: string }
  | { do: 'count'; what: 'gaps' | 'resyncs' | 'snapshots' | 'resumes' | 'reconnects' }
