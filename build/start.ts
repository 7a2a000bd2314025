/** `npm start`: builds what is stale and opens Clew in Electron's window or, where that cannot be, in the user's browser. */
import { spawn } from 'node:child_process'
import { constants } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { appVersion } from '../electron/shell/app-folder.ts'
import { helpText, parseCommandLine } from '../electron/shell/command-line.ts'
import { bundle } from './bundle.ts'
import { findBrowser } from './find-browser.ts'
import { fetchElectron } from './fetch-electron.ts'
import { findElectron, hasDisplay, windowObstacle } from './find-electron.ts'
import { projectFolder } from './project.ts'
import { thisSystem } from './system.ts'

const words = process.argv.slice(2)
const asked = parseCommandLine(words)
if (asked.kind === 'run') await start(asked.options.browser)
else if (asked.kind === 'refused') {
  for (const sentence of asked.sentences) console.error(sentence)
  process.exitCode = 2
} else console.log(asked.kind === 'help' ? helpText(appVersion()) : `Clew ${appVersion()}`)

async function start(browserWanted: boolean): Promise<void> {
  try {
    await bundle()
  } catch (cause) {
    console.error(cause instanceof Error ? cause.message : cause)
    console.error('Clew could not be built from these sources; npm run check says more.')
    process.exitCode = 1
    return
  }
  endWithParent()
  const electron = browserWanted ? undefined : usableElectron()
  if (electron === undefined) await runInBrowser()
  else runElectron(electron)
}

/**
 * npm starts this through a shell that dies of a signal without passing it on: Clew would go on alone, holding its port. Ends it as a
 * signal would as soon as the parent is another one.
 */
function endWithParent(): void {
  const parent = process.ppid
  setInterval(() => {
    if (process.ppid !== parent) process.kill(process.pid, 'SIGTERM')
  }, 250).unref()
}

/** Electron's binary where its window can be shown; otherwise says in one sentence why not. */
function usableElectron(): string | undefined {
  const obstacle = windowObstacle(thisSystem)
  const binary = obstacle ? findElectron(thisSystem, projectFolder) : fetchElectron()
  if (binary === undefined) {
    const reason = obstacle ? 'is not installed here' : 'could not be fetched'
    console.error(`Electron's binary ${reason}, so Clew runs in your browser instead of a window of its own.`)
  } else if (obstacle) {
    console.error(`Clew runs in your browser instead of a window of its own: ${obstacle}.`)
    return undefined
  }
  return binary
}

function runElectron(binary: string): void {
  const child = spawn(binary, [projectFolder, ...words], { stdio: 'inherit' })
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => child.kill(signal))
  child.on('error', (cause) => {
    console.error(`Electron did not start (${cause.message}). Try npm start -- --browser.`)
    process.exitCode = 1
  })
  child.on('exit', (code, signal) => {
    process.exitCode = code ?? 128 + (signal ? constants.signals[signal] : 0)
  })
}

/** The browser shell runs in this process, from what was built: the same program that is tested and measured. */
async function runInBrowser(): Promise<void> {
  const built = pathToFileURL(join(projectFolder, 'dist/electron/browser.js')).href
  const { runBrowserShell } = (await import(built)) as typeof import('../electron/browser.ts')
  const code = await runBrowserShell(words, (shell, options) => {
    const browser = options.open && hasDisplay(thisSystem) ? findBrowser(thisSystem) : undefined
    if (browser) openBrowser(browser, shell.server.guard.addressForOneUse())
  })
  if (code !== undefined) process.exitCode = code
}

/** Opens an app window. The browser outlives Clew: it is the user's own. */
function openBrowser(browser: string, address: string): void {
  const child = spawn(browser, [`--app=${address}`], { stdio: 'ignore', detached: true })
  const say = (reason: string): void =>
    console.error(`The browser ${browser} did not open (${reason}): open the address above yourself.`)
  child.on('error', (cause) => say(cause.message))
  child.on('exit', (code) => {
    if (code) say(`it ended with ${code}`)
  })
  child.unref()
}
