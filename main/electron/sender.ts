import { isAppAddress } from './app-origin.ts'

/** The parts of an IPC event's frame that tell who speaks. */
export type SenderFrame = { readonly url: string; readonly parent: unknown; readonly detached: boolean }

/** Only the main frame of a page of ours may ask for anything; a frame that is gone may not. */
export const isOwnMainFrame = (frame: SenderFrame | null): boolean =>
  frame !== null && !frame.detached && frame.parent === null && isAppAddress(frame.url)
