import type { SafeStorage } from 'electron'
import type { Keychain } from '../desk-options.ts'

/** What of Electron's `safeStorage` is used. */
export type SystemKeychain = Pick<
  SafeStorage,
  'isAsyncEncryptionAvailable' | 'getSelectedStorageBackend' | 'encryptStringAsync' | 'decryptStringAsync'
>

/** Linux without a keyring: Electron would lock with a password that stands in its source code. */
const noKeyring = (backend: string): boolean => backend === 'basic_text' || backend === 'unknown'

/**
 * The operating system's keychain (Keychain on macOS, DPAPI on Windows, the desktop's keyring on Linux).
 * @param ready resolves when Electron is ready; `safeStorage` works only from then on
 */
export const createKeychain = (
  safeStorage: SystemKeychain,
  ready: Promise<void>,
  platform: NodeJS.Platform,
): Keychain => ({
  refusal: async () => {
    await ready
    if (platform === 'linux' && noKeyring(safeStorage.getSelectedStorageBackend()))
      return 'This system has no keyring (GNOME Keyring, KWallet) in which the desk’s key would be safe.'
    return (await safeStorage.isAsyncEncryptionAvailable())
      ? null
      : 'The system’s keychain is locked or was refused to Deskline.'
  },
  seal: async (secret) => {
    await ready
    return safeStorage.encryptStringAsync(secret)
  },
  open: async (sealed) => {
    await ready
    return (await safeStorage.decryptStringAsync(Buffer.from(sealed))).result
  },
})
