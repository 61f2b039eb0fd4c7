import { type ChildProcess, spawn } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { watch } from 'node:fs'
import react from '@vitejs/plugin-react'
import { createServer, type ViteDevServer } from 'vite'
import { inProject, root } from '../project.ts'
import { electronBinary } from '../start/electron-binary.ts'
import { run as build } from './build.ts'

const DESK_PORT = 4781
const PAGE_PORT = 4782

/** Resolves when a person or the system wants us to end. */
const stopped = (): Promise<unknown> => Promise.race([once(process, 'SIGINT'), once(process, 'SIGTERM')])

const end = async (child: ChildProcess): Promise<void> => {
  if (child.exitCode !== null || child.signalCode !== null) return
  const gone = once(child, 'exit')
  child.kill('SIGTERM')
  await gone
}

/** The desk from its sources; Node restarts it when one of them changes. */
const startDesk = (token: string, argv: readonly string[]): ChildProcess => {
  const listen = ['--port', String(DESK_PORT), '--access-token-env', 'DESKLINE_DEV_TOKEN']
  return spawn(process.execPath, ['--watch', inProject('main/serve.ts'), ...listen, ...argv], {
    cwd: root,
    // Its address is not the one to open.
    stdio: ['ignore', 'ignore', 'inherit'],
    env: { ...process.env, DESKLINE_DEV_TOKEN: token },
  })
}

/**
 * The windows with hot reload. Their socket goes through to the desk under the desk's own origin, so that the desk
 * needs no door for development.
 */
const startPages = async (): Promise<ViteDevServer> => {
  const desk = `127.0.0.1:${DESK_PORT}`
  const server = await createServer({
    configFile: false,
    root: inProject('renderer'),
    plugins: [react()],
    server: {
      host: '127.0.0.1',
      port: PAGE_PORT,
      strictPort: true,
      fs: { allow: [root] },
      proxy: {
        '/ws': {
          target: `ws://${desk}`,
          ws: true,
          changeOrigin: true,
          headers: { origin: `http://${desk}` },
        },
      },
    },
  })
  return server.listen()
}

const inBrowser = async (argv: readonly string[]): Promise<number> => {
  const token = randomBytes(24).toString('base64url')
  const desk = startDesk(token, argv)
  const pages = await startPages()
  console.log(`Development windows: http://127.0.0.1:${PAGE_PORT}/#token=${token}`)
  await stopped()
  await Promise.all([end(desk), pages.close()])
  return 0
}

const QUIET_MS = 300

/** Electron on the built app, built and started anew when a source changes. */
const inElectron = async (binary: string, argv: readonly string[]): Promise<number> => {
  const start = (): ChildProcess => spawn(binary, [root, ...argv], { cwd: root, stdio: 'inherit' })
  if ((await build()) !== 0) return 1
  let app = start()
  let timer: NodeJS.Timeout | undefined
  let working = Promise.resolve()
  const again = async (): Promise<void> => {
    if ((await build()) !== 0) return
    await end(app)
    app = start()
  }
  const watchers = ['shared', 'main', 'bridge', 'preload', 'renderer'].map((folder) =>
    watch(inProject(folder), { recursive: true }, () => {
      clearTimeout(timer)
      timer = setTimeout(() => {
        working = working.then(again)
      }, QUIET_MS)
    }),
  )
  await stopped()
  clearTimeout(timer)
  for (const watcher of watchers) watcher.close()
  await working
  await end(app)
  return 0
}

/** `npm run dev`: windows with hot reload in a browser; `npm run dev -- --electron`: in Electron, where it is installed. */
export const run = async (argv: readonly string[]): Promise<number> => {
  const rest = argv.filter((word) => word !== '--electron')
  if (rest.length === argv.length) return inBrowser(rest)
  const binary = electronBinary()
  if (binary !== null) return inElectron(binary, rest)
  console.error('Electron is not installed here; npm start fetches it.')
  return 1
}
