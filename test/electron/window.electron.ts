/** Electron's own window, wherever its binary is; elsewhere these are skipped with the reason. */
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { _electron, expect, test as base, type ElectronApplication, type Page } from '@playwright/test'
import { findElectron, hasDisplay } from '../../build/find-electron.ts'
import { projectFolder } from '../../build/project.ts'
import { thisSystem } from '../../build/system.ts'

const binary = findElectron(thisSystem, projectFolder)
const reason =
  binary === undefined
    ? "Electron's binary is not on this machine"
    : hasDisplay(thisSystem)
      ? undefined
      : 'there is no display (xvfb-run gives one)'

const test = base.extend<{ profile: string; app: ElectronApplication; window: Page }>({
  // eslint-disable-next-line no-empty-pattern -- Playwright reads the fixtures that are needed from this pattern
  profile: async ({}, use) => {
    const profile = await mkdtemp(join(tmpdir(), 'clew-window-'))
    await use(profile)
    await rm(profile, { recursive: true, force: true })
  },
  app: async ({ profile }, use) => {
    const file = join(profile, 'given.json')
    await writeFile(file, '{}')
    const app = await _electron.launch({
      executablePath: binary ?? '',
      // The sandbox of the test's container is not Electron's concern; it does not start as root with its own.
      args: [...(thisSystem.isRoot ? ['--no-sandbox'] : []), projectFolder, file, '--profile', profile],
    })
    await use(app)
    await app.close()
  },
  window: async ({ app }, use) => use(await app.firstWindow()),
})

test.skip(reason !== undefined, reason ?? '')

test('the window shows the page under its own scheme', async ({ window }) => {
  await expect(window.getByRole('main')).toBeVisible()
  expect(new URL(window.url()).protocol).toBe('app:')
})

test('the page has no Node, only the three functions of the preload', async ({ window }) => {
  const seen = await window.evaluate(() => ({
    node: typeof (globalThis as { require?: unknown }).require,
    process: typeof (globalThis as { process?: unknown }).process,
    clew: Object.keys((globalThis as unknown as { clew: object }).clew).toSorted(),
  }))
  expect(seen).toEqual({
    node: 'undefined',
    process: 'undefined',
    clew: ['chooseFiles', 'keepFiles', 'onCommand'],
  })
})

test('the handler answers fetch, and secrets are in the keychain or said not to be', async ({ window }) => {
  const info = (await window.evaluate(() => fetch('/api/app').then((answer) => answer.json()))) as {
    shell: string
    files: { name: string }[]
    secretStore: { sentence: string }
  }
  expect(info.shell).toBe('electron')
  expect(info.files.map((file) => file.name)).toEqual(['given.json'])
  expect(info.secretStore.sentence).not.toBe('')
})

test('a file streams through the scheme, and leaving it early does no harm', async ({ window }) => {
  const kept = await window.evaluate(async () => {
    const { files } = (await (await fetch('/api/app')).json()) as { files: { id: string }[] }
    const controller = new AbortController()
    const left = await fetch(`/api/files/${files[0].id}`, { signal: controller.signal })
    controller.abort()
    return [left.status, await (await fetch(`/api/files/${files[0].id}`)).text()]
  })
  expect(kept).toEqual([200, '{}'])
})

test('it neither leaves nor opens windows', async ({ app, window }) => {
  await app.evaluate(({ shell }) => {
    shell.openExternal = () => Promise.resolve()
  })
  const before = window.url()
  await window.evaluate(() => {
    location.href = 'https://example.invalid/'
    open('https://example.invalid/')
  })
  await window.waitForTimeout(300)
  expect([window.url(), app.windows().length]).toEqual([before, 1])
})

test('a second start is handed to the first window', async ({ app, window, profile }) => {
  await expect(window.getByRole('main')).toBeVisible()
  await app.evaluate(({ app: electron }) => {
    electron.emit('second-instance', {}, [], '/', {
      files: [],
      links: ['clew://trace/4bf92f3577b34da6a3ce929d0e0e4736'],
      connect: [],
    })
  })
  await expect(window).toHaveURL(/\/trace\?id=4bf92f3577b34da6a3ce929d0e0e4736/)
  expect(profile).not.toBe('')
})
