import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

/** What stands before the fuses in a real binary, so that tools find them: text, version 1, their number, each `0` (off). */
export const fuseSentinel = 'dL7pKGdnNz796PbbjQWNKmHXBZaB9tsX'

/**
 * A folder that looks like Electron's to electron-builder, with a program that only says what it is. For packing where the real
 * binary is out of reach: the archive, its fuses and the files around it are then as in a real package.
 */
export function writeStubElectron(folder: string, version: string): void {
  mkdirSync(join(folder, 'resources'), { recursive: true })
  mkdirSync(join(folder, 'locales'))
  writeFileSync(join(folder, 'locales/en-US.pak'), '')
  const fuses = Buffer.concat([Buffer.from(fuseSentinel), Buffer.from([1, 9]), Buffer.from('000000000')])
  const program = Buffer.concat([
    Buffer.from(
      "#!/bin/sh\necho 'This package was made without Electron, only to look inside it.'\nexit 1\n",
    ),
    fuses,
  ])
  writeFileSync(join(folder, 'electron'), program, { mode: 0o755 })
  writeFileSync(join(folder, 'version'), version)
  for (const name of ['LICENSE', 'LICENSES.chromium.html']) writeFileSync(join(folder, name), 'stub\n')
}
