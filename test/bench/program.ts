/** The built browser shell and Chromium, as the benchmarks drive them. */
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { chromium, type Page } from '@playwright/test'
import { chromiumFlags } from '../../build/chromium-flags.ts'
import { ensureTestBrowser } from '../../build/test-browser.ts'
import { endDemoIn, startClew, type ClewRun } from '../builders/clew-run.ts'

/** Runs `work` with an empty folder, which is removed afterwards. */
export async function withFolder<Result>(work: (folder: string) => Promise<Result>): Promise<Result> {
  const folder = await mkdtemp(join(tmpdir(), 'clew-bench-'))
  try {
    return await work(folder)
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

/** Runs `work` with a Clew on a profile of its own, which is ended afterwards. */
export async function withClew<Result>(
  args: readonly string[],
  work: (clew: ClewRun, startedMs: number) => Promise<Result>,
): Promise<Result> {
  return withFolder(async (profile) => {
    // What is measured has the machine for itself.
    await endDemoIn(profile)
    const before = performance.now()
    const clew = await startClew(args, profile)
    try {
      return await work(clew, performance.now() - before)
    } finally {
      await clew.stop()
    }
  })
}

/** Runs `work` with a page that no cache knows, in a Chromium of its own. */
export async function withPage<Result>(work: (page: Page) => Promise<Result>): Promise<Result> {
  const executablePath = ensureTestBrowser('whole')
  if (executablePath === undefined) throw new Error('there is no browser to measure in')
  const browser = await chromium.launch({
    executablePath,
    args: [...chromiumFlags],
    // The scroll bar is one of the things that are used.
    ignoreDefaultArgs: ['--hide-scrollbars'],
  })
  try {
    return await work(await browser.newPage({ viewport: { width: 1440, height: 900 } }))
  } finally {
    await browser.close()
  }
}
