export type AckResult = 'moved' | 'known' | 'not-sent'

export type FlowWindow = {
  /** May a frame of so many bytes go out? A lone frame larger than the window may, else it could never be sent. */
  fits: (bytes: number) => boolean
  /** Notes the next frame; answers its number. */
  sent: (bytes: number, now: number) => number
  ack: (n: number, now: number) => AckResult
  lastFrame: () => number
  acked: () => number
  inFlightFrames: () => number
  inFlightBytes: () => number
  /** When frames are under way: since when nothing moved (UTC ms). */
  waitingSince: () => number | undefined
}

/** What is under way unacknowledged in one follow, bounded by frames and bytes. */
export const createFlowWindow = (frames: number, bytes: number): FlowWindow => {
  const sizes = new Uint32Array(frames)
  let last = 0
  let acked = 0
  let underWay = 0
  let since = 0
  return {
    fits: (size) => last === acked || (last - acked < frames && underWay + size <= bytes),
    sent: (size, now) => {
      if (last === acked) since = now
      sizes[last % frames] = size
      underWay += size
      return ++last
    },
    ack: (n, now) => {
      if (n > last) return 'not-sent'
      if (n <= acked) return 'known'
      while (acked < n) underWay -= sizes[acked++ % frames] as number
      since = now
      return 'moved'
    },
    lastFrame: () => last,
    acked: () => acked,
    inFlightFrames: () => last - acked,
    inFlightBytes: () => underWay,
    waitingSince: () => (last === acked ? undefined : since),
  }
}
