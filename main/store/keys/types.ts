import type { KeyRing } from '../sqlite-storage/sealing/key-ring.ts'

/** Where the key comes from that locks the desk's keys. */
export type KeySource = 'keychain' | 'passphrase' | 'key-file'

/** The operating system's keychain, as the Electron host has it. Both work on text and may ask the person. */
export type Keychain = {
  /** Null when it keeps secrets safe; otherwise why it does not, as a sentence. */
  readonly refusal: () => Promise<string | null>
  readonly seal: (secret: string) => Promise<Uint8Array>
  readonly open: (sealed: Uint8Array) => Promise<string>
}

/** What a host can offer and what the person wishes. */
export type KeyMeans = {
  readonly keychain: Keychain | null
  /** From the environment. */
  readonly passphrase: string | null
  /** Asks at a terminal; answers null when nothing was typed. Null where there is no terminal. */
  readonly ask: ((prompt: string) => Promise<string | null>) | null
  /** A key file named by the person; null: `desk.key` beside the ring. */
  readonly keyFile: string | null
  /** The source from now on; null: as it was, at first the best there is. */
  readonly source: KeySource | null
  /** Seal with a new key from now on. */
  readonly rotate: boolean
}

/** Nothing but the key file in the desk's own folder. */
export const keyFileOnly: KeyMeans = {
  keychain: null,
  passphrase: null,
  ask: null,
  keyFile: null,
  source: null,
  rotate: false,
}

export type KeyFacts = {
  readonly id: string
  /** UTC ms. */
  readonly madeAt: number
  /** UTC ms since when nothing new is sealed with it; null: the current one. */
  readonly retiredAt: number | null
}

/** What a new lock is made with; what is left out comes from the means. */
export type LockChoice = { readonly passphrase?: string; readonly keyFile?: string | null }

/** The desk's keys, unlocked. They are in memory only; on disk they are locked. */
export type DeskKeys = {
  readonly ring: () => KeyRing
  readonly source: () => KeySource
  readonly list: () => readonly KeyFacts[]
  /** Makes a new current key and answers the ring, which is on the disk by then. Old keys stay in it: backups and the
   * journal need them. */
  readonly rotate: () => Promise<KeyRing>
  /** Locks the same keys with another source, or with a new passphrase. Documents are not touched. */
  readonly lockWith: (source: KeySource, choice?: LockChoice) => Promise<void>
}
