// Installs the packages when they are missing or older than the lock file. Plain JavaScript without dependencies:
// on a fresh clone it runs under whatever Node is there (20 or newer), before the pinned one is installed.
import { spawnSync } from 'node:child_process'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { createHash } from 'node:crypto'

const root = new URL('..', import.meta.url)
const lock = createHash('sha256')
  .update(readFileSync(new URL('package-lock.json', root)))
  .digest('hex')
const stamp = new URL('node_modules/.clew-lock', root)

if (Number(process.versions.node.split('.')[0]) < 20) {
  console.error(`Clew needs Node 20 or newer; this is ${process.versions.node}.`)
  process.exit(1)
}
if (!existsSync(stamp) || readFileSync(stamp, 'utf8') !== lock) {
  console.error('Installing packages (about half a minute)…')
  const npm = process.env.npm_execpath ? [process.execPath, [process.env.npm_execpath]] : ['npm', []]
  const { status } = spawnSync(npm[0], [...npm[1], 'ci', '--loglevel=error', '--no-audit', '--no-fund'], {
    cwd: root,
    stdio: ['ignore', 'ignore', 'inherit'],
    shell: npm[0] === 'npm' && process.platform === 'win32',
  })
  if (status !== 0) {
    console.error(
      'The packages could not be installed. Check the network and the registry (npm config get registry), then try again.',
    )
    process.exit(1)
  }
  writeFileSync(stamp, lock)
}
