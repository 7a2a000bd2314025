import { EventEmitter } from 'node:events'
import { expect, test } from 'vitest'
import { fakeElectron, FakeContents } from '../../test/builders/fake-electron.ts'
import { decideNavigation, guardNavigation } from './navigation.ts'
import { refusePermissions } from './permissions.ts'

test.each([
  ['app://clew/trace?id=1', 'stay'],
  ['app://clew', 'stay'],
  ['app://other/', 'refuse'],
  ['https://opentelemetry.io/docs', 'system-browser'],
  ['https://user:password@example.com/', 'refuse'],
  ['http://example.com/', 'refuse'],
  ['file:///etc/passwd', 'refuse'],
  ['javascript:alert(1)', 'refuse'],
  ['data:text/html,x', 'refuse'],
  ['smb://host/share', 'refuse'],
  ['nonsense', 'refuse'],
] as const)('%s: %s', (address, decision) => {
  expect(decideNavigation(address)).toBe(decision)
})

/** Sends an event as Electron does, and says whether it was prevented. */
function prevented(contents: EventEmitter, name: string, url: string, isMainFrame = true): boolean {
  let refused = false
  contents.emit(name, { url, isMainFrame, preventDefault: () => (refused = true) })
  return refused
}

function guarded() {
  const electron = fakeElectron()
  guardNavigation(electron.module.app, electron.module.shell)
  const contents = new FakeContents()
  electron.app.emit('web-contents-created', {}, contents)
  return { electron, contents }
}

test('the page stays: links lead to the system browser or nowhere', () => {
  const { electron, contents } = guarded()
  expect(prevented(contents, 'will-navigate', 'app://clew/settings')).toBe(false)
  expect(prevented(contents, 'will-navigate', 'https://example.com/')).toBe(true)
  expect(prevented(contents, 'will-navigate', 'file:///etc/passwd')).toBe(true)
  expect(electron.opened).toEqual(['https://example.com/'])
})

test('a redirect away is refused and opens nothing', () => {
  const { electron, contents } = guarded()
  expect(prevented(contents, 'will-redirect', 'https://example.com/')).toBe(true)
  expect(prevented(contents, 'will-redirect', 'app://clew/')).toBe(false)
  expect(electron.opened).toEqual([])
})

test('no frame inside the page goes anywhere, and no webview is attached', () => {
  const { electron, contents } = guarded()
  expect(prevented(contents, 'will-frame-navigate', 'app://clew/', false)).toBe(true)
  expect(prevented(contents, 'will-frame-navigate', 'app://clew/', true)).toBe(false)
  expect(prevented(contents, 'will-attach-webview', '')).toBe(true)
  expect(electron.opened).toEqual([])
})

test('no window is opened, whatever the address', () => {
  const { electron, contents } = guarded()
  for (const url of ['app://clew/', 'https://example.com/a', 'http://example.com/'])
    expect(contents.windowOpen?.({ url })).toEqual({ action: 'deny' })
  expect(electron.opened).toEqual(['https://example.com/a'])
})

test('of all permissions only copying is given, and only to our own page', () => {
  const electron = fakeElectron()
  refusePermissions(electron.module.session.defaultSession)
  type Ask = (contents: null, permission: string, callback: (given: boolean) => void, details: object) => void
  const request = electron.session.get('request') as unknown as Ask
  const check = electron.session.get('check') as unknown as (
    c: null,
    permission: string,
    origin: string,
  ) => boolean
  const given: boolean[] = []
  const ask = (permission: string, requestingUrl: string): void =>
    request(null, permission, (answer) => given.push(answer), { requestingUrl })
  ask('media', 'app://clew/')
  ask('notifications', 'app://clew/')
  ask('clipboard-read', 'app://clew/')
  ask('clipboard-sanitized-write', 'https://evil.example/')
  ask('clipboard-sanitized-write', 'app://clew.evil.example/')
  ask('clipboard-sanitized-write', 'app://clew/trace')
  expect(given).toEqual([false, false, false, false, false, true])
  expect(check(null, 'geolocation', 'app://clew')).toBe(false)
  expect(check(null, 'clipboard-sanitized-write', 'app://clew/')).toBe(true)
  expect((electron.session.get('device') as () => boolean)()).toBe(false)
})
