/** Tickets of the past: every account has this many of its own, so that no two histories share one. */
export const HISTORY_TICKETS = 240
const FIRST_TICKET = 1_000_000

/** Tickets from here on belong to what is open or closed since. */
export const firstLiveOrder = (accounts: number): number => FIRST_TICKET + HISTORY_TICKETS * accounts
