/**
 * Clew as a browser test sees it: the built browser shell on a free port with a profile of its own, and a page that is let in.
 * Whatever the page throws, and every violation of its content security policy, fails the test.
 */
import { spawn } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { once } from 'node:events'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { test as base, expect, type Page } from '@playwright/test'

const program = fileURLToPath(new URL('../../dist/electron/browser.js', import.meta.url))

/** A browser shell that runs. */
export interface ClewRun {
  /** The printed address, with its key. */
  readonly address: string
  /** Its origin: `http://127.0.0.1:PORT`. */
  readonly url: string
  /** What it wrote to stderr so far. */
  stderr(): string
  /** Ends it as Ctrl-C does; its exit code. */
  stop(): Promise<number | null>
}

/** Starts the built browser shell and waits until it answers. */
export async function startClew(args: readonly string[], profile: string): Promise<ClewRun> {
  const child = spawn(process.execPath, [program, '--port', '0', '--profile', profile, ...args], {
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let stderr = ''
  child.stderr.setEncoding('utf8').on('data', (text: string) => (stderr += text))
  const ended = once(child, 'exit') as Promise<[code: number | null]>
  const address = await Promise.race([
    readyAddress(child.stdout),
    ended.then(([code]) => {
      throw new Error(`Clew ended with ${code} before it was ready: ${stderr}`)
    }),
  ])
  return {
    address,
    url: new URL(address).origin,
    stderr: () => stderr,
    async stop() {
      if (child.exitCode === null) child.kill('SIGINT')
      return (await ended)[0]
    },
  }
}

async function readyAddress(stdout: NodeJS.ReadableStream): Promise<string> {
  for await (const line of createInterface(stdout)) {
    const address = /^Clew is ready at (http:\/\/127\.0\.0\.1:\d+\/\?key=\S+)$/.exec(line)?.[1]
    if (address) return address
  }
  throw new Error('Clew closed its output before it was ready')
}

interface Fixtures {
  /** Options and files for Clew's command line: `test.use({ clewArgs: ['trace.json'] })`. */
  clewArgs: string[]
  profile: string
  clew: ClewRun
  url: string
  page: Page
}

export const test = base.extend<Fixtures>({
  clewArgs: [[], { option: true }],
  // eslint-disable-next-line no-empty-pattern -- Playwright reads the fixtures that are needed from this pattern
  profile: async ({}, use) => {
    const profile = await mkdtemp(join(tmpdir(), 'clew-e2e-'))
    await use(profile)
    await rm(profile, { recursive: true, force: true })
  },
  clew: async ({ clewArgs, profile }, use) => {
    const clew = await startClew(clewArgs, profile)
    await use(clew)
    await clew.stop()
  },
  url: async ({ clew }, use) => use(clew.url),
  page: async ({ page, clew }, use) => {
    const problems: string[] = []
    page.on('pageerror', (error) => problems.push(`the page threw ${error.stack ?? error.message}`))
    page.on('console', (message) => {
      if (message.text().includes('Content Security Policy')) problems.push(message.text())
    })
    await page.goto(clew.address)
    await use(page)
    expect(problems).toEqual([])
  },
})

export { expect }
