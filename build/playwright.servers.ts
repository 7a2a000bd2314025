import { defineConfig } from '@playwright/test'
import base from './playwright.config.ts'
import { projectFolder } from './project.ts'
import { findTestBrowser } from './test-browser.ts'

/** The page in the whole Chromium that people have, against real servers, which the global setup builds, starts and feeds. */
export default defineConfig({
  ...base,
  globalSetup: `${projectFolder}/test/servers/setup.ts`,
  timeout: 60_000,
  use: {
    ...base.use,
    launchOptions: { ...base.use?.launchOptions, executablePath: findTestBrowser('whole') },
  },
  projects: [{ name: 'servers', testDir: `${projectFolder}/test/servers`, testMatch: '**/*.browser.ts' }],
})
