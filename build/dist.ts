/** `npm run dist`: packs the desktop application for this platform into release/. */
import { dirname, join } from 'node:path'
import { bundle } from './bundle.ts'
import { fetchElectron } from './fetch-electron.ts'
import { packApplication, packWithStub } from './pack.ts'
import { projectFolder } from './project.ts'

await bundle()
const binary = fetchElectron()
if (binary === undefined) {
  const release = join(projectFolder, 'release')
  await packWithStub(release)
  console.log(
    `Electron's binary could not be fetched, so ${join('release', 'linux-unpacked')} holds the application around a stand-in that does not run: run npm run dist again where its release site can be reached.`,
  )
} else {
  // On macOS the binary lies in Electron.app/Contents/MacOS; electron-builder wants the folder around it.
  const folder = process.platform === 'darwin' ? join(dirname(binary), '../../..') : dirname(binary)
  for (const file of await packApplication(folder)) console.log(file)
}
