import { inProject, root } from '../../build/project.ts'
import { type CommandName, type Commands, type Left, type Question, READY, type Reply } from './commands.ts'
import { app } from './electron.ts'
import { watchAccounts } from './live.ts'
import { openPage, type Page } from './page.ts'
import { type WebContents, windows } from './windows.ts'
import { appEvents, preventable, world } from './world.ts'

/**
 * The process that runs the built app on the stand-in: `node --import register.ts host.ts …` with the app's own
 * arguments, driven by the test over IPC.
 */
const entry = inProject('out/main/index.js')
const preload = inProject('out/preload/index.cjs')

const contents = (): WebContents => {
  const [window] = windows
  if (window === undefined) throw new Error('the app has no window')
  return window.contents
}

const leaving = (act: () => boolean): Left => {
  const before = world.opened.length
  return { prevented: act(), opened: world.opened.slice(before) }
}

const navigate = (url: string, main: boolean): boolean => {
  const names = ['will-frame-navigate', ...(main ? ['will-navigate'] : [])]
  for (const name of names) {
    const event = preventable({ url, isMainFrame: main })
    contents().emit(name, event)
    if (event.defaultPrevented) return true
  }
  return false
}

const askForPorts = (page: Page): void => {
  const ask = page.exposed['deskline']?.['requestPorts']
  if (typeof ask !== 'function') throw new TypeError('the preload exposes no requestPorts')
  ask()
}

const granted = (): { camera: boolean; check: boolean; device: boolean; download: boolean } => {
  let camera = true
  world.permissionRequest?.(null, 'media', (ok) => {
    camera = ok
  })
  const download = preventable({})
  appEvents.emit('session:will-download', download)
  return {
    camera,
    check: world.permissionCheck?.() ?? true,
    device: world.devicePermission?.() ?? true,
    download: !download.defaultPrevented,
  }
}

const answers: { [K in CommandName]: (ask: Commands[K]['ask']) => Promise<Commands[K]['answer']> } = {
  facts: async () => ({
    schemes: world.schemes,
    sandboxed: world.sandboxed,
    menus: world.menus,
    errors: world.errors,
    userData: world.paths.get('userData') ?? '',
    windows: windows.map(({ options, contents, shown }) => ({ options, url: contents.mainFrame.url, shown })),
    granted: granted(),
  }),
  fetch: async ({ url, method }) => {
    const handler = world.handlers.get('app')
    if (handler === undefined) throw new Error('no handler for app://')
    // The address is kept as it was asked for: `Request` would tidy `..` away.
    const answer = await handler({ url, method } as Request)
    return {
      status: answer.status,
      headers: Object.fromEntries(answer.headers),
      body: Buffer.from(await answer.arrayBuffer()).toString('base64'),
    }
  },
  navigate: async ({ url, main }) => leaving(() => navigate(url, main)),
  open: async ({ url }) => leaving(() => contents().openHandler?.({ url }).action === 'deny'),
  webview: async () =>
    leaving(() => {
      const event = preventable({})
      contents().emit('will-attach-webview', event)
      return event.defaultPrevented
    }),
  preload: async () => {
    const { exposed, required } = openPage(contents(), preload)
    return {
      required: [...required],
      exposed: Object.fromEntries(
        Object.entries(exposed).map(([name, api]) => [
          name,
          Object.fromEntries(Object.entries(api).map(([key, value]) => [key, typeof value])),
        ]),
      ),
    }
  },
  ports: async ({ url, nested }) => {
    const before = contents().posted
    const parent = nested ? contents().mainFrame : null
    askForPorts(openPage(contents(), preload, { url, parent, detached: false }))
    // The right page asks behind it: once that is answered, silence towards the first is not just slowness.
    const right = openPage(contents(), preload)
    const answered = new Promise((done) => right.window.addEventListener('message', done, { once: true }))
    askForPorts(right)
    await answered
    await new Promise((done) => setImmediate(done))
    return contents().posted - before - 1
  },
  live: async ({ frames }) => watchAccounts(openPage(contents(), preload), frames),
  secondInstance: async () => {
    appEvents.emit('second-instance')
    return windows.length
  },
  quit: async () => {
    setImmediate(() => app.quit())
    return null
  },
}

const reply = (message: Reply): void => void process.send?.(message)

process.on('message', (question: Question) => {
  const answer = answers[question.command] as (ask: unknown) => Promise<unknown>
  answer(question.ask).then(
    (value) => reply({ id: question.id, answer: value }),
    (error: unknown) =>
      reply({
        id: question.id,
        error: error instanceof Error ? (error.stack ?? error.message) : String(error),
      }),
  )
})

process.argv = [process.argv[0] ?? 'electron', root, ...process.argv.slice(2)]
await import(entry)
world.ready = true
appEvents.emit('ready')
process.send?.(READY)
