import { chmod, stat } from 'node:fs/promises'
import { platform } from 'node:os'
import { join } from 'node:path'
import { readJsonFile } from './json-file.ts'
import type { Profile } from './profile.ts'
import { formatSecrets, parseSecrets, type SecretBox } from './secret-box.ts'

const fileName = 'secrets.json'

/** Secrets of the browser shell: a file in the profile that only its owner may read (mode 0600 in a folder of mode 0700). */
export function secretFile(profile: Profile): SecretBox {
  const path = join(profile.folder, fileName)
  return {
    info: { kind: 'file', sentence: `Secrets are kept in ${path}, unencrypted, readable by your user only.` },
    async read() {
      await narrowMode(profile, path)
      return (await readJsonFile(profile, fileName, parseSecrets)) ?? new Map()
    },
    async write(secrets) {
      if (secrets.size === 0) await profile.remove(fileName)
      else await profile.write(fileName, formatSecrets(secrets))
    },
  }
}

/** Others may have read a file that was copied or restored with wider permissions: narrows it and says so. */
async function narrowMode(profile: Profile, path: string): Promise<void> {
  if (platform() === 'win32') return // The profile lies under the user's own folder; Windows has no mode bits.
  const found = await stat(path).catch((cause: unknown) => {
    if (cause instanceof Error && 'code' in cause && cause.code === 'ENOENT') return undefined
    throw cause
  })
  if (!found || (found.mode & 0o077) === 0) return
  await chmod(path, 0o600)
  const mode = (found.mode & 0o777).toString(8).padStart(4, '0')
  profile.note(
    `${path} could be read by other users of this machine (mode ${mode}); it is now yours only (0600). Consider changing the passwords in it.`,
  )
}
