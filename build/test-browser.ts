/** The Chromium that tests and benchmarks drive. */
import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { chromium } from '@playwright/test'
import { findBrowser, findOnPath } from './find-browser.ts'
import { projectFolder } from './project.ts'
import { thisSystem } from './system.ts'

/**
 * `whole` is the browser that people have. `shell` is Chromium's engine with nothing around it (`chromium-headless-shell`), in which a
 * page test takes half the time; where there is none, the whole one stands in.
 */
export type TestBrowser = 'whole' | 'shell'

/** CLEW_CHROMIUM, or an installed browser, or Playwright's own; undefined when there is none. */
export function findTestBrowser(kind: TestBrowser): string | undefined {
  const named = process.env['CLEW_CHROMIUM']
  if (named) return named
  return (
    (kind === 'shell' ? findOnPath(thisSystem, ['chromium-headless-shell']) : undefined) ??
    findBrowser(thisSystem) ??
    (existsSync(chromium.executablePath()) ? chromium.executablePath() : undefined)
  )
}

/** Finds a browser, or installs one. Undefined, after saying what to type, when that is impossible. */
export function ensureTestBrowser(kind: TestBrowser): string | undefined {
  const named = process.env['CLEW_CHROMIUM']
  if (named) {
    if (existsSync(named)) return named
    console.error(`CLEW_CHROMIUM names ${named}, which is not there.`)
    return undefined
  }
  const isDebian = thisSystem.isRoot && existsSync('/etc/debian_version')
  // The same engine as the whole browser's: where that one comes from Debian, this one does too.
  if (kind === 'shell' && isDebian && findOnPath(thisSystem, ['chromium-headless-shell']) === undefined)
    installFromDebian('chromium-headless-shell')
  if (findTestBrowser(kind) === undefined) {
    console.error('No Chrome, Chromium or Edge was found: installing one…')
    if (isDebian) installFromDebian('chromium')
  }
  if (findTestBrowser(kind) === undefined) run('npx', ['playwright', 'install', 'chromium'])
  const installed = findTestBrowser(kind)
  if (installed === undefined)
    console.error(
      'No browser could be installed. Type `sudo apt-get install chromium` or `npx playwright install chromium`, or set CLEW_CHROMIUM to the path of a Chrome, Chromium or Edge.',
    )
  return installed
}

function installFromDebian(browser: string): void {
  run('apt-get', ['update', '-q'])
  run('apt-get', ['install', '-y', '-q', '--no-install-recommends', browser, 'fonts-liberation'])
}

function run(command: string, args: readonly string[]): void {
  spawnSync(command, args, {
    cwd: projectFolder,
    stdio: ['ignore', 'ignore', 'inherit'],
    env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
  })
}
