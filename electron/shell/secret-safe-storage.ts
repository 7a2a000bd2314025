import type { SafeStorage } from 'electron'
import type { Profile } from './profile.ts'
import { formatSecrets, memorySecretBox, parseSecrets, type SecretBox } from './secret-box.ts'

const fileName = 'secrets.bin'

/** The part of Electron's `safeStorage` that is used; its synchronous calls are deprecated. */
export type SafeStorageCalls = Pick<
  SafeStorage,
  'isAsyncEncryptionAvailable' | 'encryptStringAsync' | 'decryptStringAsync' | 'getSelectedStorageBackend'
>

/**
 * Secrets of the Electron shell: a file in the profile, encrypted with a key that the system's keychain holds.
 * Call it after the app is ready. Without a keychain the secrets last as long as Clew runs, and the page says so.
 */
export async function secretSafeStorage(
  profile: Profile,
  safeStorage: SafeStorageCalls,
  system: NodeJS.Platform,
): Promise<SecretBox> {
  if (!(await safeStorage.isAsyncEncryptionAvailable()))
    return memorySecretBox("This system's keychain is not available: secrets last until Clew ends.")

  return {
    info: describeKeychain(safeStorage, system),
    async read() {
      const bytes = await profile.read(fileName)
      if (bytes === undefined) return new Map()
      try {
        const { result, shouldReEncrypt } = await safeStorage.decryptStringAsync(bytes)
        const secrets = parseSecrets(JSON.parse(result))
        // The system changed its key: written again, the file stays readable after the old one is gone.
        if (shouldReEncrypt) await profile.write(fileName, await safeStorage.encryptStringAsync(result))
        return secrets
      } catch (cause) {
        const reason = cause instanceof Error ? cause.message : String(cause)
        await profile.setAside(fileName, `could not be decrypted with this system's keychain (${reason})`)
        return new Map()
      }
    },
    async write(secrets) {
      if (secrets.size === 0) await profile.remove(fileName)
      else await profile.write(fileName, await safeStorage.encryptStringAsync(formatSecrets(secrets)))
    },
  }
}

function describeKeychain(safeStorage: SafeStorageCalls, system: NodeJS.Platform): SecretBox['info'] {
  if (system === 'darwin')
    return { kind: 'keychain', sentence: 'Secrets are encrypted with a key in your Keychain.' }
  if (system === 'win32')
    return { kind: 'keychain', sentence: 'Secrets are encrypted for your Windows account.' }
  const backend = safeStorage.getSelectedStorageBackend()
  // Chromium's `basic_text` scrambles with a fixed, published password: that hides nothing from whoever has the file.
  if (backend === 'basic_text' || backend === 'unknown')
    return {
      kind: 'file',
      sentence:
        'No keyring was found (GNOME Keyring or KWallet): secrets are in a file that only your user can read, scrambled but not really encrypted.',
    }
  const name = backend === 'gnome_libsecret' ? 'GNOME Keyring' : 'KWallet'
  return { kind: 'keychain', sentence: `Secrets are encrypted with a key in ${name}.` }
}
