/**
 * Clew as a browser test sees it: the built browser shell on a free port with a profile of its own, and a page that is let in.
 * Whatever the page throws, and every violation of its content security policy, fails the test.
 */
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { AxeBuilder } from '@axe-core/playwright'
import { test as base, expect, type Page } from '@playwright/test'
import type { Preferences } from '#shared/api/contract'
import { endDemoIn, startClew, type ClewRun } from '../builders/clew-run.ts'
import type { FakeServer } from './fake-servers.ts'

interface Fixtures {
  /** Options and files for Clew's command line: `test.use({ clewArgs: ['trace.json'] })`. */
  clewArgs: string[]
  /** The demo shop was ended on this profile; where not, Clew opens on it. */
  isDemoEnded: boolean
  profile: string
  clew: ClewRun
  url: string
  page: Page
}

export const test = base.extend<Fixtures>({
  clewArgs: [[], { option: true }],
  isDemoEnded: [true, { option: true }],
  profile: async ({ isDemoEnded }, use) => {
    const profile = await mkdtemp(join(tmpdir(), 'clew-e2e-'))
    if (isDemoEnded) await endDemoIn(profile)
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

/** The test where Clew is connected to a Jaeger, started anew for each. */
export const testWithJaeger = (start: () => Promise<FakeServer>) =>
  test.extend({
    // eslint-disable-next-line no-empty-pattern -- Playwright reads the fixtures that are needed from this pattern
    clewArgs: async ({}, use) => {
      const jaeger = await start()
      await use(['--connect', `jaeger=${jaeger.url}`])
      await jaeger.stop()
    },
  })

/** What is kept between runs, as the handler has it by now: a page writes it a moment after it shows it. */
export async function keptPreferences(page: Page): Promise<Partial<Preferences>> {
  const answer = await page.request.get(new URL('/api/preferences', page.url()).href)
  return (await answer.json()) as Partial<Preferences>
}

/** Expects that axe finds no fault, in the whole page or in one part of it (a CSS selector); what it finds is named with its elements. */
export async function expectAxeClean(page: Page, part?: string): Promise<void> {
  // A page of ours has no frames, and what passes is not looked at: without either it takes a third of the time.
  const axe = new AxeBuilder({ page }).setLegacyMode(true).options({ resultTypes: ['violations'] })
  const { violations } = await (part === undefined ? axe : axe.include(part)).analyze()
  expect(violations.map(({ id, nodes }) => [id, nodes.map((node) => node.html)])).toEqual([])
}

export { expect, startClew }
