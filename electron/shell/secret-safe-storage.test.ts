import { mkdtemp, readFile, readdir, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { openProfile, type Profile } from './profile.ts'
import { secretSafeStorage, type SafeStorageCalls } from './secret-safe-storage.ts'

const newProfile = async (): Promise<Profile> => openProfile(await mkdtemp(join(tmpdir(), 'clew-safe-')))

/** A keychain that only encodes: enough to see that what is written is not the text. */
function fakeKeychain(changes: Partial<SafeStorageCalls> = {}): SafeStorageCalls {
  return {
    isAsyncEncryptionAvailable: () => Promise.resolve(true),
    encryptStringAsync: (text) => Promise.resolve(Buffer.from(`key1${btoa(text)}`)),
    decryptStringAsync: (bytes) => {
      const text = bytes.toString()
      if (!text.startsWith('key1')) return Promise.reject(new Error('wrong key'))
      const result = atob(text.slice(4))
      return Promise.resolve({ result, shouldReEncrypt: false })
    },
    getSelectedStorageBackend: () => 'gnome_libsecret',
    ...changes,
  }
}

test('secrets are written encrypted and come back', async () => {
  const profile = await newProfile()
  const secrets = new Map([['shop/password', 'hunter2']])
  await (await secretSafeStorage(profile, fakeKeychain(), 'linux')).write(secrets)
  expect(await readFile(join(profile.folder, 'secrets.bin'), 'utf8')).not.toContain('hunter2')
  const box = await secretSafeStorage(profile, fakeKeychain(), 'linux')
  expect(await box.read()).toEqual(secrets)
  expect(box.info).toEqual({
    kind: 'keychain',
    sentence: 'Secrets are encrypted with a key in GNOME Keyring.',
  })
})

test('basic_text is called what it is', async () => {
  const keychain = fakeKeychain({ getSelectedStorageBackend: () => 'basic_text' })
  const { info } = await secretSafeStorage(await newProfile(), keychain, 'linux')
  expect(info.kind).toBe('file')
  expect(info.sentence).toContain('not really encrypted')
})

test('without a keychain nothing is written and the page is told', async () => {
  const profile = await newProfile()
  const box = await secretSafeStorage(
    profile,
    fakeKeychain({ isAsyncEncryptionAvailable: () => Promise.resolve(false) }),
    'linux',
  )
  await box.write(new Map([['a', 'b']]))
  expect(await box.read()).toEqual(new Map([['a', 'b']]))
  expect(box.info.kind).toBe('memory')
  expect(await readdir(profile.folder)).toEqual([])
})

test('secrets of another key are set aside and said', async () => {
  const profile = await newProfile()
  await writeFile(join(profile.folder, 'secrets.bin'), 'key9xyz')
  expect(await (await secretSafeStorage(profile, fakeKeychain(), 'linux')).read()).toEqual(new Map())
  expect(profile.notices).toEqual([expect.stringContaining('could not be decrypted')])
  expect((await readdir(profile.folder))[0]).toMatch(/^secrets\.bin\.damaged-/)
})

test('a rotated key has the secrets written again', async () => {
  const profile = await newProfile()
  await (await secretSafeStorage(profile, fakeKeychain(), 'darwin')).write(new Map([['a', 'b']]))
  const rotated = fakeKeychain({
    encryptStringAsync: (text) => Promise.resolve(Buffer.from(`key2${text}`)),
    decryptStringAsync: async (bytes) => ({
      ...(await fakeKeychain().decryptStringAsync(bytes)),
      shouldReEncrypt: true,
    }),
  })
  expect(await (await secretSafeStorage(profile, rotated, 'darwin')).read()).toEqual(new Map([['a', 'b']]))
  expect(await readFile(join(profile.folder, 'secrets.bin'), 'utf8')).toMatch(/^key2/)
})
