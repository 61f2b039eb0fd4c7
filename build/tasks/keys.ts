import { existsSync } from 'node:fs'
import { homedir } from 'node:os'
import { join, resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { dataFolder } from '../../main/host/profile-folder.ts'
import { terminalAsk } from '../../main/host/terminal-ask.ts'
import { openKeys } from '../../main/store/keys/open-keys.ts'
import { type DeskKeys, keyFileOnly } from '../../main/store/keys/types.ts'
import { lockProfile } from '../../main/store/profile-lock.ts'
import { silentLog, systemClock } from '../../shared/runtime/ports.ts'

const usage = `npm run keys -- [--profile DIR] [--key-file PATH] COMMAND

The keys that personal data is sealed with (desk.keys in the profile), while the desk is not running.
  status            what locks them, and which there are
  rotate            makes a new key; the desk seals everything anew in the background when it starts
  passphrase        locks them with a passphrase: DESKLINE_NEW_PASSPHRASE, or asked for
  key-file [PATH]   locks them with a key file, made if missing (desk.key in the profile)
They open with what locks them now: DESKLINE_PASSPHRASE or asked for, or the key file (--key-file PATH if it was moved).
What the system's keychain locks opens in the desktop program only: npm start -- --keys passphrase, --rotate-keys.
Exit code: 0 done, 1 the keys do not open, 2 the command was not understood.`

const when = (utc: number): string => `${new Date(utc).toISOString().slice(0, 16).replace('T', ' ')} UTC`

const status = (keys: DeskKeys): string =>
  [
    `Locked with: ${keys.source()}`,
    ...keys
      .list()
      .map(({ id, madeAt, retiredAt }) =>
        retiredAt === null
          ? `  ${id}  made ${when(madeAt)}, in use`
          : `  ${id}  made ${when(madeAt)}, followed by another ${when(retiredAt)}`,
      ),
  ].join('\n')

type Environment = Readonly<Record<string, string | undefined>>

const choose = async (
  env: Environment,
  ask: ReturnType<typeof terminalAsk>,
): Promise<{ passphrase: string }> => {
  const given = env['DESKLINE_NEW_PASSPHRASE']
  if (given) return { passphrase: given }
  if (!ask) throw new Error('Give the new passphrase in the environment variable DESKLINE_NEW_PASSPHRASE.')
  const passphrase = (await ask('New passphrase: ')) ?? ''
  if ((await ask('Once more: ')) !== passphrase) throw new Error('The two passphrases are not the same.')
  return { passphrase }
}

const commands = ['status', 'rotate', 'passphrase', 'key-file'] as const
type Command = (typeof commands)[number]
type Asked = { folder: string; keyFile: string | null; command: Command; path: string | null }

/** Null when the words make no sense. */
const understood = (args: readonly string[], env: Environment): Asked | null => {
  try {
    const { values, positionals } = parseArgs({
      args: [...args],
      options: { profile: { type: 'string' }, 'key-file': { type: 'string' } },
      allowPositionals: true,
    })
    const command = commands.find((name) => name === positionals[0])
    if (!command || positionals.length > (command === 'key-file' ? 2 : 1)) return null
    const folder = resolve(values.profile ?? join(dataFolder(process.platform, env, homedir()), 'desk'))
    return { folder, keyFile: values['key-file'] ?? null, command, path: positionals[1] ?? null }
  } catch {
    return null
  }
}

const withLock = async ({ folder, keyFile, command, path }: Asked, env: Environment): Promise<string> => {
  const ask = terminalAsk(process.stdin, process.stderr)
  const passphrase = env['DESKLINE_PASSPHRASE'] || null
  const keys = await openKeys({
    folder,
    means: { ...keyFileOnly, keyFile, passphrase, ask },
    needed: [],
    clock: systemClock,
    log: silentLog,
  })
  if (command === 'rotate') await keys.rotate()
  if (command === 'passphrase') await keys.lockWith('passphrase', await choose(env, ask))
  if (command === 'key-file') await keys.lockWith('key-file', { keyFile: path })
  return status(keys)
}

const carryOut = async (asked: Asked, env: Environment): Promise<string> => {
  const { folder } = asked
  if (!existsSync(join(folder, 'desk.keys')))
    throw new Error(`There are no keys in ${folder} yet; the desk makes them at its first start.`)
  const unlock = lockProfile(join(folder, 'desk.sqlite'), systemClock)
  try {
    return await withLock(asked, env)
  } finally {
    unlock()
  }
}

/** `npm run keys -- COMMAND`: looks after the desk's keys without starting it. */
export const run = async (args: readonly string[], env: Environment = process.env): Promise<number> => {
  const asked = understood(args, env)
  if (!asked) {
    console.error(usage)
    return 2
  }
  try {
    console.log(await carryOut(asked, env))
    return 0
  } catch (error) {
    console.error(error instanceof Error ? error.message : String(error))
    return 1
  }
}
