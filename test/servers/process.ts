/** Starting, stopping and killing one server process, so that none outlives the tests. */
import { spawn, type ChildProcess } from 'node:child_process'
import { closeSync, openSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { createServer } from 'node:net'
import { fileURLToPath } from 'node:url'

const lifeline = fileURLToPath(new URL('lifeline.sh', import.meta.url))

/** A server process that is running or has ended. */
export interface ServerProcess {
  readonly pid: number
  /** Resolves when the process has ended, however it did, with the words for it. */
  readonly ended: Promise<string>
  /** Where everything it printed is. */
  readonly logFile: string
  /** Kills it (-9: nothing it holds is worth keeping) and waits until it is gone and its ports are free. */
  kill(): Promise<void>
}

/** Starts a program that dies with this process. */
export function startProcess(
  command: string,
  args: readonly string[],
  options: { readonly logFile: string; readonly env?: Readonly<Record<string, string>> },
): ServerProcess {
  // A file rather than a pipe: the server must not wait for us to read.
  const log = openSync(options.logFile, 'a')
  const child: ChildProcess = spawn('/bin/sh', [lifeline, command, ...args], {
    stdio: ['pipe', log, log],
    env: { ...process.env, ...options.env },
  })
  closeSync(log)
  const ended = new Promise<string>((resolve) => {
    child.once('error', (error) => resolve(error.message))
    child.once('exit', (code, signal) => resolve(signal ? `killed by ${signal}` : `exit code ${code}`))
  })
  return {
    pid: child.pid ?? -1,
    ended,
    logFile: options.logFile,
    async kill() {
      child.kill('SIGKILL')
      await ended
    },
  }
}

/** Waits until `ready` says true; fails at once when the process ends, or after `timeoutMs`, with the end of its log. */
export async function waitUntilReady(
  name: string,
  server: ServerProcess,
  ready: () => Promise<boolean>,
  timeoutMs = 90_000,
): Promise<void> {
  const deadline = Date.now() + timeoutMs
  let end: string | undefined
  void server.ended.then((how) => (end = how))
  while (!(await ready().catch(() => false))) {
    if (end !== undefined || Date.now() > deadline) {
      const log = await readFile(server.logFile, 'utf8')
      const tail = log.trim().split('\n').slice(-20).join('\n')
      const what = end === undefined ? `was not ready within ${timeoutMs / 1000} s` : `ended (${end})`
      throw new Error(`${name} ${what}. The end of its log (${server.logFile}):\n${tail}`)
    }
    await pause(100)
  }
}

/** Ports nobody listens on at this moment, all different. */
export async function freePorts(count: number): Promise<number[]> {
  const listeners = await Promise.all(
    Array.from({ length: count }, async () => {
      const listener = createServer()
      await new Promise<void>((resolve, reject) => {
        listener.once('error', reject)
        listener.listen(0, '127.0.0.1', resolve)
      })
      return listener
    }),
  )
  const ports = listeners.map((listener) => {
    const address = listener.address()
    if (address === null || typeof address === 'string') throw new Error('a listener without a port')
    return address.port
  })
  await Promise.all(listeners.map((listener) => new Promise((resolve) => listener.close(resolve))))
  return ports
}

export function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms))
}
