/** Writes the slots that are taken, in order; answers how many. */
export const writeAlive = (alive: Uint8Array, high: number, out: Int32Array): number => {
  let n = 0
  for (let slot = 0; slot < high; slot++) if (alive[slot] === 1) out[n++] = slot
  return n
}
