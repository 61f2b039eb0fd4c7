import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto'
import type { SignIn } from '../../shared/bridge/protocol.ts'
import type { BridgeCredential } from './types.ts'

export type Manager = { readonly login: number; readonly name: string; readonly groups: string }

export type CredentialCheck = (given: SignIn) => Manager | undefined

/**
 * Compares digests of equal length under a key that lives as long as the bridge. An unknown login costs the same
 * work as a known one, and every token is compared, so the time tells nothing.
 */
export const createCredentialCheck = (
  credentials: readonly BridgeCredential[],
  tokens: readonly string[],
): CredentialCheck => {
  const key = randomBytes(32)
  const digest = (text: string): Buffer => createHmac('sha256', key).update(text).digest()
  const nobody = { digest: randomBytes(32), manager: undefined }
  const known = new Map(
    credentials.map(({ login, password, name, groups }) => [
      login,
      { digest: digest(password), manager: { login, name, groups } },
    ]),
  )
  const tokenDigests = tokens.map(digest)
  const tokenManager: Manager = { login: 0, name: 'token', groups: '*' }

  return (given) => {
    if ('token' in given) {
      const offered = digest(given.token)
      let matches = 0
      for (const expected of tokenDigests) matches += timingSafeEqual(offered, expected) ? 1 : 0
      return matches > 0 ? tokenManager : undefined
    }
    const account = known.get(given.login) ?? nobody
    return timingSafeEqual(digest(given.password), account.digest) ? account.manager : undefined
  }
}
