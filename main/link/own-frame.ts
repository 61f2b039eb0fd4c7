const SCOPE_AT = 12

/**
 * Makes a frame fit to be transferred to a worker: its buffer holds nothing but itself (socket libraries hand out
 * slices of a larger read buffer, and transferring that would tear the neighbours away), and it carries the link's
 * own number of the follow, which unlike the bridge's is never used twice.
 */
export const ownFrame = (frame: Uint8Array<ArrayBuffer>, scope: number): Uint8Array<ArrayBuffer> => {
  const whole = frame.byteOffset === 0 && frame.byteLength === frame.buffer.byteLength
  const own = whole ? new Uint8Array(frame.buffer) : new Uint8Array(frame)
  new DataView(own.buffer).setUint32(SCOPE_AT, scope, true)
  return own
}
