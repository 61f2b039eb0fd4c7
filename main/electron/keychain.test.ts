import { describe, expect, it } from 'vitest'
import { createKeychain, type SystemKeychain } from './keychain.ts'

type Backend = ReturnType<SystemKeychain['getSelectedStorageBackend']>

const system = (backend: Backend, available = true): SystemKeychain => ({
  isAsyncEncryptionAvailable: async () => available,
  getSelectedStorageBackend: () => backend,
  encryptStringAsync: async (text) => Buffer.from(`locked ${text}`),
  decryptStringAsync: async (sealed) => ({ shouldReEncrypt: false, result: sealed.toString().slice(7) }),
})
const ready = Promise.resolve()

describe('the system’s keychain', () => {
  it('gives back what it took', async () => {
    const keychain = createKeychain(system('gnome_libsecret'), ready, 'linux')
    expect(await keychain.refusal()).toBeNull()
    const sealed = await keychain.seal('secret')
    expect(await keychain.open(new Uint8Array(sealed))).toBe('secret')
  })

  it.each(['basic_text', 'unknown'] as const)(
    'is refused on a Linux without a keyring (%s)',
    async (backend) => {
      expect(await createKeychain(system(backend), ready, 'linux').refusal()).toMatch(/has no keyring/)
      expect(await createKeychain(system(backend), ready, 'darwin').refusal()).toBeNull()
    },
  )

  it('says when it is locked, and waits until Electron is ready', async () => {
    expect(await createKeychain(system('kwallet5', false), ready, 'linux').refusal()).toMatch(/is locked/)
    const { promise, resolve } = Promise.withResolvers<void>()
    let asked = false
    const late = { ...system('kwallet5'), isAsyncEncryptionAvailable: async () => (asked = true) }
    const refusal = createKeychain(late, promise, 'win32').refusal()
    await Promise.resolve()
    expect(asked).toBe(false)
    resolve()
    expect(await refusal).toBeNull()
  })
})
