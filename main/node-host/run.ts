import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

import { type Log, systemClock, systemTimers } from '../../shared/runtime/ports.ts'
import { createDesk } from '../desk.ts'
import { ArgumentError } from '../host/argument-error.ts'
import { deskOptionsFor, localUser, profileOf } from '../host/desk-start.ts'
import { createFileLog } from '../host/file-log.ts'
import { openAddress } from '../host/open-address.ts'
import { startFault } from '../host/start-fault.ts'
import { terminalAsk } from '../host/terminal-ask.ts'
import { version } from '../host/version.ts'
import { parseServeArguments, type ServeArguments, serveUsage } from './arguments.ts'
import { ListenError } from './listen.ts'
import { createNodeHost } from './node-host.ts'

const say = (text: string): void => void process.stdout.write(`${text}\n`)
const complain = (text: string): void => void process.stderr.write(`${text}\n`)

/** Resolves at the first SIGINT or SIGTERM; a second one ends the process at once. */
const stopSignal = (): Promise<void> =>
  new Promise((resolve) => {
    let asked = false
    const stop = (): void => {
      if (asked) process.exit(130)
      asked = true
      resolve()
    }
    process.on('SIGINT', stop)
    process.on('SIGTERM', stop)
  })

type Serve = Extract<ServeArguments, { kind: 'serve' }>

const serve = async (entry: string, given: Serve, profile: string, log: Log): Promise<number> => {
  const fromSources = entry.endsWith('.ts')
  const windows = fileURLToPath(new URL(fromSources ? '../out/renderer' : '../renderer', entry))
  // Run from sources, the windows may come from Vite (npm run dev).
  if (!fromSources && !existsSync(windows)) {
    complain('The windows are not built yet: run npm run build first.')
    return 1
  }
  const stopped = stopSignal()
  const host = await createNodeHost({
    listen: given.listen,
    assetRoot: windows,
    version,
    user: localUser(),
    startDesk: (trustedOrigins) =>
      createDesk(
        deskOptionsFor(given.desk, {
          entry,
          host: 'node',
          version,
          trustedOrigins,
          profile,
          keyMeans: { keychain: null, ask: terminalAsk(process.stdin, process.stderr) },
          log,
        }),
      ),
    clock: systemClock,
    timers: systemTimers,
    log,
  })
  say(`Deskline ${version}: ${host.shownUrl}`)
  if (given.open && !(await openAddress({ platform: process.platform, env: process.env }, host.url)))
    say('No browser could be opened here; open the address above.')
  try {
    await Promise.race([host.ready, stopped])
    await stopped
    return 0
  } catch (error) {
    const { words, code } = startFault(error)
    log.error({ error: words }, 'the desk did not start')
    complain(words)
    return code
  } finally {
    await host.close()
  }
}

const serveLogged = async (entry: string, given: Serve): Promise<number> => {
  const profile = profileOf(given.desk)
  const log = createFileLog(profile, 'node-host')
  try {
    return await serve(entry, given, profile, log)
  } finally {
    log.close()
  }
}

/**
 * The Node host from its command line to its end.
 * @param entry URL of the entry file; workers and windows are found beside it
 * @returns exit code: 0 stopped, 1 could not run, 2 wrong arguments
 */
export const runNodeHost = async (entry: string, argv: readonly string[]): Promise<number> => {
  try {
    const given = parseServeArguments(argv, process.env)
    if (given.kind === 'serve') return await serveLogged(entry, given)
    say(serveUsage)
    return 0
  } catch (error) {
    if (error instanceof ArgumentError) {
      complain(error.message)
      return 2
    }
    if (error instanceof ListenError) {
      complain(error.message)
      return 1
    }
    throw error
  }
}
