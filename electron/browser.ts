/** The browser shell: the handler on a loopback port, for the user's own browser. `node dist/electron/browser.js [FILE…] [options]` */
import { appVersion } from './shell/app-folder.ts'
import {
  helpText,
  parseCommandLine,
  resolvePaths,
  startFolder,
  type CommandLine,
} from './shell/command-line.ts'
import { PortError, serveLoopback, type LoopbackServer } from './shell/loopback-server.ts'
import { defaultProfileFolder, openProfile, ProfileError } from './shell/profile.ts'
import { startProgram } from './shell/program.ts'
import { secretFile } from './shell/secret-file.ts'

/** A running browser shell. */
export interface BrowserShell {
  readonly server: LoopbackServer
  /** Sentences about the profile that a person should read. */
  readonly notices: readonly string[]
  close(): Promise<void>
}

/** Starts the browser shell; once it resolves, it answers. Throws ProfileError or PortError with a sentence. */
export async function startBrowserShell(options: CommandLine): Promise<BrowserShell> {
  const profile = await openProfile(options.profile ?? defaultProfileFolder(process.env))
  const program = await startProgram({ shell: 'browser', options, profile, secretBox: secretFile(profile) })
  const server = await serveLoopback((request) => program.handler.fetch(request), options.port)
  return {
    server,
    notices: profile.notices,
    async close() {
      await program.close()
      await server.close()
    },
  }
}

/** Runs the browser shell until a signal ends it. `opened` may show the page to the person. Answers with the exit code to fail with. */
export async function runBrowserShell(
  words: readonly string[],
  opened: (shell: BrowserShell, options: CommandLine) => void = () => undefined,
): Promise<number | undefined> {
  const asked = parseCommandLine(words)
  if (asked.kind === 'help' || asked.kind === 'version') {
    console.log(asked.kind === 'help' ? helpText(appVersion()) : `Clew ${appVersion()}`)
    return 0
  }
  if (asked.kind === 'refused') {
    for (const sentence of asked.sentences) console.error(sentence)
    return 2
  }
  const options = resolvePaths(asked.options, startFolder(process.env, process.cwd()))
  let shell: BrowserShell
  try {
    shell = await startBrowserShell(options)
  } catch (cause) {
    if (!(cause instanceof ProfileError || cause instanceof PortError)) throw cause
    console.error(cause.message)
    return 1
  }
  for (const notice of shell.notices) console.error(notice)
  // Before the line below: who reads it may end Clew at once.
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.once(signal, () => void end(shell))
  // The one line on stdout: programs that start Clew wait for it.
  console.log(`Clew is ready at ${shell.server.guard.address}`)
  opened(shell, options)
  return undefined
}

async function end(shell: BrowserShell): Promise<void> {
  // A server that neither answers nor hangs up must not keep Clew from ending.
  setTimeout(() => process.exit(0), 2000).unref()
  await shell.close()
  process.exit(0)
}

if (import.meta.main) {
  const code = await runBrowserShell(process.argv.slice(2))
  if (code !== undefined) process.exitCode = code
}
