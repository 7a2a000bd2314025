// Installs the packages when they are missing or not those of the lock file. Plain JavaScript without dependencies: on a fresh clone
// it runs under whatever Node is there (20 or newer), before the pinned one is installed.
import { spawnSync } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'

const root = new URL('..', import.meta.url)

if (Number(process.versions.node.split('.')[0]) < 20) {
  console.error(`Clew needs Node 20 or newer; this is ${process.versions.node}.`)
  process.exit(1)
}
if (!isInstalled()) {
  console.error('Installing packages (about half a minute)…')
  const args = ['ci', '--loglevel=error', '--no-audit', '--no-fund']
  const options = { cwd: root, stdio: ['ignore', 'ignore', 'inherit'] }
  const npm = process.env.npm_execpath
  const { status } = npm
    ? spawnSync(process.execPath, [npm, ...args], options)
    : spawnSync('npm', args, { ...options, shell: process.platform === 'win32' })
  if (status !== 0 || !isInstalled()) {
    console.error(
      'The packages could not be installed. Check the network and the registry (npm config get registry), then try again.',
    )
    process.exit(1)
  }
}

/** Whether what npm noted in node_modules is what the lock file asks for, and the pinned Node is there. */
function isInstalled() {
  const wanted = readPackages('package-lock.json')
  const installed = readPackages('node_modules/.package-lock.json')
  if (!installed) return false
  for (const [path, entry] of Object.entries(wanted)) {
    if (path === '') continue
    const there = installed[path]
    // Optional packages are those of other platforms, mostly.
    if (there ? there.version !== entry.version : !entry.optional) return false
  }
  // Its install script fetches the program itself; npm may have been told not to run it.
  return ['node', 'node.exe'].some((name) => existsSync(new URL(`node_modules/node/bin/${name}`, root)))
}

/** Entries of a lock file by path; undefined when it is missing or cut off. */
function readPackages(path) {
  try {
    return JSON.parse(readFileSync(new URL(path, root), 'utf8')).packages
  } catch {
    return undefined
  }
}
