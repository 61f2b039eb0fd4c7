/**
 * The longest time in ms for which this thread did nothing but one thing while `work` ran: an immediate comes back
 * every turn and looks how long it was away.
 */
export const longestBlock = async (work: () => Promise<unknown>): Promise<number> => {
  let longest = 0
  let last = performance.now()
  let running = true
  const look = (): void => {
    const now = performance.now()
    longest = Math.max(longest, now - last)
    last = now
    if (running) setTimeout(look, 0)
  }
  setTimeout(look, 0)
  await work()
  running = false
  return Math.max(longest, performance.now() - last)
}
