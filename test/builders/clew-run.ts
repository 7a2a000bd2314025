/** The built browser shell as a process: for tests in a browser and for benchmarks. */
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

const built = fileURLToPath(new URL('../../dist/electron/browser.js', import.meta.url))

/** A browser shell that runs. */
export interface ClewRun {
  /** The printed address, with its key. */
  readonly address: string
  /** Its origin: `http://127.0.0.1:PORT`. */
  readonly url: string
  /** What it wrote so far. */
  stdout(): string
  stderr(): string
  /** Ends it as Ctrl-C does; its exit code. */
  stop(): Promise<number | null>
  /** Ends it at once, as `kill -9` does. */
  kill(): Promise<void>
}

/** Leaves a new profile as it is once the demo shop was ended: Clew then begins with nothing, at the start page. */
export const endDemoIn = (profile: string): Promise<void> =>
  writeFile(join(profile, 'preferences.json'), '{ "demoEnded": true }')

/** Starts the built browser shell (or another `program` that does) on a free port and waits until it answers. */
export async function startClew(
  args: readonly string[],
  profile: string,
  program: string = built,
  env: NodeJS.ProcessEnv = process.env,
): Promise<ClewRun> {
  const child = spawn(process.execPath, [program, '--port', '0', '--profile', profile, ...args], {
    stdio: ['ignore', 'pipe', 'pipe'],
    env,
  })
  let stdout = ''
  let stderr = ''
  const ready = Promise.withResolvers<string>()
  child.stderr.setEncoding('utf8').on('data', (text: string) => (stderr += text))
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    stdout += text
    const address = /^Clew is ready at (http:\/\/127\.0\.0\.1:\d+\/\?key=\S+)\n/m.exec(stdout)?.[1]
    if (address) ready.resolve(address)
  })
  // `close` comes after the last output, `exit` may come before it.
  const ended = once(child, 'close') as Promise<[code: number | null]>
  const address = await Promise.race([
    ready.promise,
    ended.then(([code]) => {
      throw new Error(`Clew ended with ${code} before it was ready: ${stderr}`)
    }),
  ])
  return {
    address,
    url: new URL(address).origin,
    stdout: () => stdout,
    stderr: () => stderr,
    async stop() {
      if (child.exitCode === null) child.kill('SIGINT')
      return (await ended)[0]
    },
    async kill() {
      child.kill('SIGKILL')
      await ended
    },
  }
}
