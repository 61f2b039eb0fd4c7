import type { SignIn, SignInAnswer } from '../../shared/bridge/protocol.ts'
import { RetCode } from '../../shared/mt4/ret-code.ts'
import { createBackOff } from './back-off.ts'
import { createCredentialCheck, type Manager } from './credentials.ts'
import type { BridgeCredential } from './types.ts'

export type SignInResult = {
  readonly answer: SignInAnswer
  readonly manager?: Manager
  readonly checked: boolean
}

/** The door of one bridge: who may sign in, and how soon again after a failure. */
export type SignInDoor = (given: SignIn, address: string, now: number) => SignInResult

const refusal = (code: number, message: string, retryAfterMs: number): SignInAnswer => ({
  ok: false,
  code,
  message,
  retryAfterMs: Math.ceil(retryAfterMs),
})

export const createSignInDoor = (
  credentials: readonly BridgeCredential[],
  tokens: readonly string[],
): SignInDoor => {
  const check = createCredentialCheck(credentials, tokens)
  const backOff = createBackOff()
  return (given, address, now) => {
    const byAddress = `address ${address}`
    const byLogin = 'login' in given ? `login ${given.login}` : undefined
    const keys = byLogin === undefined ? [byAddress] : [byAddress, byLogin]
    const wait = backOff.wait(keys, now)
    if (wait > 0)
      return { answer: refusal(RetCode.TOO_FREQUENT, 'too many attempts; wait', wait), checked: false }
    const manager = check(given)
    if (!manager) {
      backOff.failed(keys, now)
      const next = backOff.wait(keys, now)
      return { answer: refusal(RetCode.BAD_ACCOUNT_INFO, 'wrong login or password', next), checked: true }
    }
    // The address is not forgiven: one good login must not buy guesses at others.
    if (byLogin !== undefined) backOff.forget(byLogin)
    return { answer: { ok: true, manager }, manager, checked: true }
  }
}
