import { defineConfig } from '@playwright/test'
import { chromiumFlags } from './chromium-flags.ts'
import { projectFolder } from './project.ts'
import { findTestBrowser } from './test-browser.ts'

/** End-to-end tests: the browser shell in a real Chromium, and Electron's window where its binary is. */
export default defineConfig({
  outputDir: `${projectFolder}/test-results`,
  // Two cores: the browser and the shell take one each.
  workers: 1,
  fullyParallel: false,
  forbidOnly: true,
  // A guard against a test that hangs, not a measure: axe over a whole page takes half a minute on a busy machine.
  timeout: 90_000,
  expect: { timeout: 10_000 },
  use: {
    viewport: { width: 1440, height: 900 },
    trace: 'retain-on-failure',
    launchOptions: { executablePath: findTestBrowser(), args: [...chromiumFlags] },
  },
  projects: [
    { name: 'browser', testDir: `${projectFolder}/test/e2e` },
    { name: 'electron', testDir: `${projectFolder}/test/electron`, testMatch: '**/*.electron.ts' },
  ],
})
