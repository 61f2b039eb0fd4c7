/** What `npm start` finds out before it chooses between the desktop window and the browser. */
export type StartFacts = {
  /** The command line speaks of the Node host (`--port`, `--host`, …). */
  readonly wantsServer: boolean
  readonly hasDisplay: boolean
  /** Why Chromium's sandbox cannot work here, or null. */
  readonly sandboxFault: string | null
  readonly hasBinary: boolean
  /** Asked only where the answer matters: it can take three seconds. */
  readonly canDownload: () => Promise<boolean>
}

export type StartPlan =
  | { readonly host: 'electron'; readonly download: boolean }
  /** `why` is one sentence for the person who typed `npm start`. */
  | { readonly host: 'browser'; readonly why: string }

export const decideStart = async (facts: StartFacts): Promise<StartPlan> => {
  if (facts.wantsServer) return { host: 'browser', why: 'Serving the desk to a browser, as asked.' }
  if (!facts.hasDisplay)
    return { host: 'browser', why: 'There is no display here, so the desk is served to a browser.' }
  if (facts.sandboxFault !== null)
    return { host: 'browser', why: `${facts.sandboxFault}, so the desk is served to a browser.` }
  if (facts.hasBinary) return { host: 'electron', download: false }
  if (await facts.canDownload()) return { host: 'electron', download: true }
  return {
    host: 'browser',
    why: 'Electron’s download host is not reached, so the desk is served to a browser.',
  }
}
