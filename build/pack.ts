import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { build } from 'electron-builder'
import { packing } from './electron-builder.ts'
import { projectFolder } from './project.ts'
import { writeStubElectron } from './stub-electron.ts'

/** Packs what is in dist for this platform, with the binary in `electronDist`, into its usual formats. */
export async function packApplication(electronDist: string): Promise<readonly string[]> {
  return build({ projectDir: projectFolder, publish: 'never', config: { ...packing, electronDist } })
}

/** Packs what is in dist as a folder for Linux around a stand-in for Electron's binary. */
export async function packWithStub(output: string): Promise<void> {
  const stub = mkdtempSync(join(tmpdir(), 'clew-stub-'))
  try {
    const electronVersion = pinnedElectron()
    writeStubElectron(stub, electronVersion)
    await build({
      projectDir: projectFolder,
      publish: 'never',
      dir: true,
      linux: [],
      x64: true,
      config: {
        ...packing,
        electronVersion,
        electronDist: stub,
        directories: { ...packing.directories, output },
      },
    })
  } finally {
    rmSync(stub, { recursive: true, force: true })
  }
}

function pinnedElectron(): string {
  const text = readFileSync(join(projectFolder, 'package.json'), 'utf8')
  return (JSON.parse(text) as { devDependencies: { electron: string } }).devDependencies.electron
}
