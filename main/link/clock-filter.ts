/** One heartbeat: when it left, when its answer came (our clock) and the bridge's clock in between. UTC ms. */
export type BeatSample = { sent: number; received: number; utc: number }

export type ClockEstimate = {
  readonly samples: readonly { roundTrip: number; offset: number }[]
  /** Bridge clock minus ours, ms. */
  readonly offset: number
  /** Of the newest beat, ms. */
  readonly roundTrip: number
}

export const noEstimate: ClockEstimate = { samples: [], offset: 0, roundTrip: 0 }

const KEPT = 8

/**
 * Takes the offset from the fastest of the last eight beats: the shorter the trip, the less it can hide a difference
 * between the way there and the way back. A sample over which our clock was set back is left out.
 */
export const addBeat = (estimate: ClockEstimate, { sent, received, utc }: BeatSample): ClockEstimate => {
  const roundTrip = received - sent
  if (roundTrip < 0) return estimate
  const samples = [...estimate.samples, { roundTrip, offset: utc - (sent + roundTrip / 2) }].slice(-KEPT)
  const best = samples.reduce((a, b) => (b.roundTrip <= a.roundTrip ? b : a))
  return { samples, offset: best.offset, roundTrip }
}
