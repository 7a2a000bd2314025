/** The Chromium that tests and benchmarks drive. */
import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { chromium } from '@playwright/test'
import { findBrowser } from './find-browser.ts'
import { projectFolder } from './project.ts'
import { thisSystem } from './system.ts'

/** CLEW_CHROMIUM, or an installed browser, or Playwright's own; undefined when there is none. */
export function findTestBrowser(): string | undefined {
  const named = process.env['CLEW_CHROMIUM']
  if (named) return named
  return (
    findBrowser(thisSystem) ?? (existsSync(chromium.executablePath()) ? chromium.executablePath() : undefined)
  )
}

/** Finds a browser, or installs one. Undefined, after saying what to type, when that is impossible. */
export function ensureTestBrowser(): string | undefined {
  const found = findTestBrowser()
  if (found !== undefined) {
    if (existsSync(found)) return found
    console.error(`CLEW_CHROMIUM names ${found}, which is not there.`)
    return undefined
  }
  console.error('No Chrome, Chromium or Edge was found: installing one…')
  if (thisSystem.isRoot && existsSync('/etc/debian_version')) {
    run('apt-get', ['update', '-q'])
    run('apt-get', ['install', '-y', '-q', '--no-install-recommends', 'chromium', 'fonts-liberation'])
  }
  if (findTestBrowser() === undefined) run('npx', ['playwright', 'install', 'chromium'])
  const installed = findTestBrowser()
  if (installed === undefined)
    console.error(
      'No browser could be installed. Type `sudo apt-get install chromium` or `npx playwright install chromium`, or set CLEW_CHROMIUM to the path of a Chrome, Chromium or Edge.',
    )
  return installed
}

function run(command: string, args: readonly string[]): void {
  spawnSync(command, args, {
    cwd: projectFolder,
    stdio: ['ignore', 'ignore', 'inherit'],
    env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
  })
}
