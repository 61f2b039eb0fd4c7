/** What the test asks of the process that runs the app, and what it answers; plain data over Node's IPC. */
export type Facts = {
  schemes: { scheme: string; privileges: Record<string, boolean> }[]
  sandboxed: boolean
  menus: number
  errors: string[]
  userData: string
  windows: { options: Record<string, unknown>; url: string; shown: boolean }[]
  granted: { camera: boolean; check: boolean; device: boolean; download: boolean }
}
export type Answered = { status: number; headers: Record<string, string>; body: string }
export type Left = { prevented: boolean; opened: string[] }
export type Preloaded = { required: string[]; exposed: Record<string, Record<string, string>> }
export type Live = {
  session: unknown
  phases: string[]
  frames: number
  rows: number
  matched: number
  valuedAt: number[]
  live: boolean
}

export type Commands = {
  facts: { ask: null; answer: Facts }
  fetch: { ask: { url: string; method: string }; answer: Answered }
  navigate: { ask: { url: string; main: boolean }; answer: Left }
  open: { ask: { url: string }; answer: Left }
  webview: { ask: null; answer: Left }
  preload: { ask: null; answer: Preloaded }
  /** Asks for ports from a frame with this URL; answers how often it was answered. */
  ports: { ask: { url: string; nested: boolean }; answer: number }
  /** Connects with the window's own client, opens the accounts view and waits for this many frames. */
  live: { ask: { frames: number }; answer: Live }
  /** The program is started once more; answers how many windows there are then. */
  secondInstance: { ask: null; answer: number }
  quit: { ask: null; answer: null }
}
export type CommandName = keyof Commands

export type Question = { id: number; command: CommandName; ask: unknown }
export type Reply = { id: number; answer: unknown } | { id: number; error: string }
export const READY = 'stand-in ready'
