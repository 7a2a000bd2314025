import { defineConfig } from '@playwright/test'
import base from './playwright.config.ts'
import { projectFolder } from './project.ts'

/** The page in a real Chromium against real servers, which the global setup builds, starts and feeds. */
export default defineConfig({
  ...base,
  globalSetup: `${projectFolder}/test/servers/setup.ts`,
  timeout: 60_000,
  projects: [{ name: 'servers', testDir: `${projectFolder}/test/servers`, testMatch: '**/*.browser.ts' }],
})
