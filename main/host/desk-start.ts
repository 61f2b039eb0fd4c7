import { randomUUID } from 'node:crypto'
import { homedir, userInfo } from 'node:os'
import { resolve } from 'node:path'
import { type Log, systemClock, systemTimers } from '../../shared/runtime/ports.ts'
import type { DeskOptions, KeyMeans } from '../desk-options.ts'
import type { DeskArguments } from './desk-arguments.ts'
import { profileFolder } from './profile-folder.ts'
import { workerUrls } from './worker-urls.ts'

/** Absolute folder of this desk's data. */
export const profileOf = (given: DeskArguments): string =>
  resolve(given.profile ?? profileFolder(given.bridge, process.platform, process.env, homedir()))

/** Name of the person at this machine, for the journal. */
export const localUser = (): string => {
  try {
    return userInfo().username
  } catch {
    return 'unknown'
  }
}

type HostFacts = {
  readonly entry: string
  readonly host: DeskOptions['host']
  readonly version: string
  readonly trustedOrigins: readonly string[]
  readonly profile: string
  /** What only this host has. */
  readonly keyMeans: Pick<KeyMeans, 'keychain' | 'ask'>
  readonly log: Log
}

/** The desk's options with the real clock, timers, chance and ids of a running host. */
export const deskOptionsFor = (given: DeskArguments, facts: HostFacts): DeskOptions => ({
  profile: facts.profile,
  bridge: given.bridge,
  base: given.base,
  keys: { ...given.keys, ...facts.keyMeans },
  ...workerUrls(facts.entry),
  host: facts.host,
  version: facts.version,
  trustedOrigins: facts.trustedOrigins,
  clock: systemClock,
  timers: systemTimers,
  random: Math.random,
  newId: randomUUID,
  log: facts.log,
})
