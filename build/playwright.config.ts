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
  // Guards against a test that hangs, not measures: on a busy machine axe over a whole page takes half a minute, ten thousand spans
  // ten seconds.
  timeout: 90_000,
  expect: { timeout: 30_000 },
  use: {
    viewport: { width: 1440, height: 900 },
    // Not kept as a rule: it costs a sixth of the time. `npx playwright test -c build/playwright.config.ts NAME --trace on` has it.
    trace: 'off',
    launchOptions: { executablePath: findTestBrowser('shell'), args: [...chromiumFlags] },
  },
  projects: [
    { name: 'browser', testDir: `${projectFolder}/test/e2e` },
    { name: 'electron', testDir: `${projectFolder}/test/electron`, testMatch: '**/*.electron.ts' },
  ],
})
