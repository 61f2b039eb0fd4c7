/** What the soak and its worker say to each other, beside the book. */
export const SOAK_CHANNEL = 'deskline-soak'

export type SoakQuestion = { readonly id: number; readonly about: 'memory' | 'audit' }

/** Bytes in use after a full collection, bytes of the ledger, its places, and how many trade records there are. */
export type SoakMemory = {
  readonly heap: number
  readonly external: number
  readonly ledger: number
  readonly places: number
  readonly trades: number
}
