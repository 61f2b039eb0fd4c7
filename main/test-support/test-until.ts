import { setTimeout as wait } from 'node:timers/promises'

/** Polls until it holds. @throws Error that names what did not come to pass */
export const until = async (
  what: string,
  holds: () => boolean | Promise<boolean>,
  ms = 30_000,
): Promise<void> => {
  const end = Date.now() + ms
  while (!(await holds())) {
    if (Date.now() > end) throw new Error(`waited ${ms} ms in vain for ${what}`)
    await wait(10)
  }
}
