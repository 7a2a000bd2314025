import { expect, test } from 'vitest'
import { findBrowser, findOnPath } from './find-browser.ts'
import { findElectron, windowObstacle } from './find-electron.ts'
import type { System } from './system.ts'

function machine(changes: Partial<System>, files: readonly string[] = []): System {
  return { platform: 'linux', env: {}, isRoot: false, exists: (path) => files.includes(path), ...changes }
}

const path = { PATH: '/usr/local/bin:/usr/bin' }

test('Chrome comes before Chromium, wherever on the path each is', () => {
  const files = ['/usr/local/bin/chromium', '/usr/bin/google-chrome']
  expect(findBrowser(machine({ env: path }, files))).toBe('/usr/bin/google-chrome')
  expect(findBrowser(machine({ env: path }, files.slice(0, 1)))).toBe('/usr/local/bin/chromium')
})

test('a program is found where the path has it first, and the first name that is there', () => {
  const files = ['/usr/bin/one', '/usr/local/bin/two', '/usr/bin/two']
  expect(findOnPath(machine({ env: path }, files), ['none', 'two', 'one'])).toBe('/usr/local/bin/two')
  expect(findOnPath(machine({ env: path }, files), ['none'])).toBeUndefined()
  expect(findOnPath(machine({}, files), ['one'])).toBeUndefined()
})

test('a machine without any of them has no browser', () => {
  for (const platform of ['linux', 'darwin', 'win32'] as const)
    expect(
      findBrowser(machine({ platform, env: { PATH: '/usr/bin' } }, ['/usr/bin/firefox'])),
    ).toBeUndefined()
})

test('macOS keeps them under Applications, Windows under Program Files', () => {
  const edge = '/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge'
  expect(findBrowser(machine({ platform: 'darwin' }, [edge]))).toBe(edge)
  const chrome = 'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe'
  const windows = machine({ platform: 'win32', env: { PROGRAMFILES: 'C:\\Program Files' } }, [chrome])
  expect(findBrowser(windows)).toBe(chrome)
})

test("Electron's binary is looked for in the package, or where the variable says", () => {
  expect(findElectron(machine({}, ['/p/node_modules/electron/dist/electron']), '/p')).toBe(
    '/p/node_modules/electron/dist/electron',
  )
  expect(findElectron(machine({}), '/p')).toBeUndefined()
  const elsewhere = machine({ env: { ELECTRON_OVERRIDE_DIST_PATH: '/e' } }, ['/e/electron'])
  expect(findElectron(elsewhere, '/p')).toBe('/e/electron')
})

test.each<[string, Partial<System>, string | undefined]>([
  ['Linux without a display', {}, 'there is no display'],
  ['Linux with X', { env: { DISPLAY: ':0' } }, undefined],
  ['Linux with Wayland', { env: { WAYLAND_DISPLAY: 'wayland-0' } }, undefined],
  ['root', { env: { DISPLAY: ':0' }, isRoot: true }, 'Electron does not run as root'],
  ['macOS', { platform: 'darwin' }, undefined],
])('on %s the obstacle is told', (_what, changes, obstacle) => {
  expect(windowObstacle(machine(changes))).toBe(obstacle)
})
