import { mkdtemp, readFile, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { MenuItemConstructorOptions } from 'electron'
import { beforeEach, expect, test, vi } from 'vitest'
import { fakeElectron, type FakeContents, type FakeElectron } from '../../test/builders/fake-electron.ts'
import { channels } from './channels.ts'
import { runElectronShell, type ElectronProcess } from './electron-shell.ts'

let electron: FakeElectron
let profile: string
beforeEach(async () => {
  electron = fakeElectron()
  profile = await mkdtemp(join(tmpdir(), 'clew-electron-'))
  // Otherwise the demo shop begins, from what is built.
  await writeFile(join(profile, 'preferences.json'), '{ "demoEnded": true }')
})

function run(words: string[] = [], changes: Partial<ElectronProcess> = {}): void {
  runElectronShell(electron.module, {
    argv: ['/electron', '/project', '--profile', profile, ...words],
    defaultApp: true,
    env: {},
    cwd: '/',
    platform: 'linux',
    ...changes,
  })
}

/** Starts the shell and waits for its window. */
async function start(words: string[] = []) {
  run(words)
  electron.ready()
  await expect.poll(() => electron.windows[0]?.webContents.loaded.length).toBeGreaterThan(0)
  const [window] = electron.windows
  return { window, contents: window.webContents }
}

const request = (path: string, init?: RequestInit): Promise<Response> =>
  electron.schemeHandlers.get('app')?.(new Request(`app://clew${path}`, init)) ??
  Promise.reject(new Error('not mounted'))

const ownPage = (contents: FakeContents) => ({ sender: contents, senderFrame: contents.mainFrame })

test('the scheme is registered before anything is awaited', () => {
  run()
  expect(electron.schemes).toEqual([
    {
      scheme: 'app',
      privileges: { standard: true, secure: true, supportFetchAPI: true, stream: true, codeCache: true },
    },
  ])
  expect(electron.windows).toEqual([])
})

test('the window is sandboxed, apart from Node, and opens at our own address', async () => {
  const { window, contents } = await start()
  expect(window.options.webPreferences).toMatchObject({
    contextIsolation: true,
    sandbox: true,
    nodeIntegration: false,
    nodeIntegrationInWorker: false,
    nodeIntegrationInSubFrames: false,
    webSecurity: true,
    allowRunningInsecureContent: false,
    webviewTag: false,
    navigateOnDragDrop: false,
    preload: expect.stringMatching(/dist\/electron\/preload\.cjs$/),
  })
  expect(contents.loaded).toEqual(['app://clew/'])
  expect(window.options.show).toBe(false)
  window.emit('ready-to-show')
  expect(window.calls).toEqual(['show'])
})

test('the window that is shown cannot be led away, and is given no permission', async () => {
  const { contents } = await start()
  const preventDefault = vi.fn()
  contents.emit('will-navigate', { url: 'file:///etc/passwd', isMainFrame: true, preventDefault })
  expect(preventDefault).toHaveBeenCalled()
  expect(contents.windowOpen?.({ url: 'https://example.com/' })).toEqual({ action: 'deny' })
  const given = vi.fn()
  electron.session.get('request')?.(
    ...([contents, 'media', given, { requestingUrl: 'app://clew/' }] as never[]),
  )
  expect(given).toHaveBeenCalledWith(false)
})

test('a program that is installed on Windows takes the links of its scheme', () => {
  electron.app.isPackaged = true
  run([], { platform: 'win32' })
  expect(electron.app.schemesOpened).toEqual(['clew'])
})

test('the handler answers under the scheme, and says which shell it is', async () => {
  await start()
  expect(await (await request('/api/app')).json()).toMatchObject({
    shell: 'electron',
    secretStore: { kind: 'keychain' },
  })
})

test('files and connections of the command line are there', async () => {
  const file = join(profile, 'trace.json')
  await writeFile(file, '{}')
  await start([file, '--connect', 'jaeger=http://127.0.0.1:16686'])
  const { files } = (await (await request('/api/app')).json()) as { files: { id: string }[] }
  expect(files).toMatchObject([{ name: 'trace.json', size: 2 }])
  expect(await (await request(`/api/files/${files[0].id}`)).text()).toBe('{}')
  expect(await (await request('/api/sources')).json()).toMatchObject([{ kind: 'jaeger', lasts: 'run' }])
})

test("Chromium's files lie in the profile, which only the user may enter", async () => {
  run()
  expect(electron.app.paths.get('userData')).toBe(join(profile, 'electron'))
  expect((await stat(join(profile, 'electron'))).mode & 0o777).toBe(0o700)
})

test('a second start hands over what it was given, and ends', () => {
  electron.answer.lock = false
  run(['/a.json', 'clew://trace/abc', '--connect', 'tempo=http://127.0.0.1:3200', '--demo', 'healthy:2'])
  expect(electron.locks).toEqual([
    {
      files: ['/a.json'],
      links: ['clew://trace/abc'],
      connect: [{ kind: 'tempo', url: 'http://127.0.0.1:3200' }],
      demo: { scenario: 'healthy', seed: 2 },
    },
  ])
  expect(electron.app.exits).toEqual([0])
})

test('what a second start was given is shown in the first window', async () => {
  const { window, contents } = await start()
  window.minimized = true
  electron.ipc.get(channels.listening)?.(ownPage(contents))
  const data = { files: ['/a.json'], links: ['clew://trace/abc'], connect: [] }
  electron.app.emit('second-instance', {}, [], '/', data)
  expect(window.calls).toEqual(['restore', 'focus'])
  expect(contents.sent).toEqual([
    [channels.command, { kind: 'open-files', ids: [expect.stringMatching(/^[0-9a-f]{16}$/)] }],
    [channels.command, { kind: 'go', href: `/trace?id=${'abc'.padStart(32, '0')}` }],
  ])
})

test('a second start that cannot be understood only brings the window to the front', async () => {
  const { window, contents } = await start()
  electron.app.emit('second-instance', {}, [], '/', { files: 'all' })
  expect([window.calls, contents.sent]).toEqual([['focus'], []])
})

test('commands wait until the page listens', async () => {
  const { contents } = await start()
  electron.app.emit('open-url', { preventDefault: vi.fn() }, 'clew://open')
  expect(contents.sent).toEqual([])
  electron.ipc.get(channels.listening)?.(ownPage(contents))
  expect(contents.sent).toEqual([[channels.command, { kind: 'go', href: '/' }]])
})

test('a page that never listens is taken to the place by its address', async () => {
  const { contents } = await start()
  vi.useFakeTimers()
  try {
    electron.app.emit('open-url', { preventDefault: vi.fn() }, 'clew://trace/abc')
    contents.emit('did-finish-load')
    vi.advanceTimersByTime(2500)
    expect(contents.loaded.at(-1)).toBe(`app://clew/trace?id=${'abc'.padStart(32, '0')}`)
  } finally {
    vi.useRealTimers()
  }
})

test('a link that starts Clew chooses the first place', async () => {
  const { contents } = await start(['clew://trace/4bf92f3577b34da6a3ce929d0e0e4736?source=shop'])
  expect(contents.loaded).toEqual(['app://clew/trace?source=shop&id=4bf92f3577b34da6a3ce929d0e0e4736'])
})

test('files that macOS hands over before the window is there are opened in it', async () => {
  run()
  const event = { preventDefault: vi.fn() }
  electron.app.emit('open-file', event, '/early.json')
  electron.ready()
  await expect.poll(() => electron.windows[0]?.webContents.loaded.length).toBeGreaterThan(0)
  expect(event.preventDefault).toHaveBeenCalled()
  const { files } = (await (await request('/api/app')).json()) as { files: unknown[] }
  expect(files).toMatchObject([{ name: 'early.json' }])
})

test('only the top frame of our own page may send messages', async () => {
  const { contents } = await start()
  const keepFiles = electron.ipc.get(channels.keepFiles)
  expect(keepFiles?.(ownPage(contents), ['/a.json'])).toEqual([expect.any(String)])
  const strangers = [
    { sender: contents, senderFrame: null },
    { sender: contents, senderFrame: { origin: 'app://clew' } },
    { sender: { mainFrame: contents.mainFrame }, senderFrame: { origin: 'https://evil.example' } },
  ]
  electron.app.emit('open-url', { preventDefault: vi.fn() }, 'clew://open')
  for (const stranger of strangers) {
    expect(() => keepFiles?.(stranger, ['/etc/passwd'])).toThrow('only Clew’s own page')
    await expect(electron.ipc.get(channels.chooseFiles)?.(stranger)).rejects.toThrow('only Clew’s own page')
    electron.ipc.get(channels.listening)?.(stranger)
  }
  expect(contents.sent).toEqual([])
  expect(() => keepFiles?.(ownPage(contents), ['relative.json'])).toThrow('absolute')
  expect(() => keepFiles?.(ownPage(contents), 'x')).toThrow('list of paths')
})

test('chosen files come back as ids, and the menu opens them', async () => {
  const { contents } = await start()
  electron.answer.openPaths = ['/chosen.json']
  const ids = await electron.ipc.get(channels.chooseFiles)?.(ownPage(contents))
  electron.ipc.get(channels.listening)?.(ownPage(contents))
  click('&File', 'Open…')
  await expect.poll(() => contents.sent.length).toBeGreaterThan(0)
  expect(contents.sent).toEqual([[channels.command, { kind: 'open-files', ids }]])
})

test('the theme of the menu is kept, shown by the window and told to the page', async () => {
  const { contents } = await start()
  electron.ipc.get(channels.listening)?.(ownPage(contents))
  expect(electron.nativeTheme.themeSource).toBe('system')
  click('&View', 'Theme', 'Dark')
  await expect.poll(() => contents.sent.length).toBeGreaterThan(0)
  expect(contents.sent).toEqual([[channels.command, { kind: 'theme', theme: 'dark' }]])
  expect(electron.nativeTheme.themeSource).toBe('dark')
  expect(await (await request('/api/preferences')).json()).toMatchObject({ theme: 'dark' })
})

test('the theme chosen on the page reaches the window and the menu', async () => {
  await start()
  const preferences = (await (await request('/api/preferences')).json()) as object
  await request('/api/preferences', {
    method: 'PUT',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ ...preferences, theme: 'light' }),
  })
  expect(electron.nativeTheme.themeSource).toBe('light')
  expect(item('&View', 'Theme', 'Light').checked).toBe(true)
})

test('back and forward walk the history of the window', async () => {
  const { contents } = await start()
  click('&Go', 'Back')
  click('&Go', 'Forward')
  expect(contents.moves).toEqual(['back', 'forward'])
})

test('where the window was is where it opens next', async () => {
  const { window } = await start()
  window.maximized = true
  window.emit('close')
  await expect
    .poll(async () => JSON.parse(await readFile(join(profile, 'window.json'), 'utf8')) as unknown)
    .toEqual({ ...window.bounds, maximized: true })
  electron = fakeElectron()
  const next = await start()
  expect(next.window.options).toMatchObject(window.bounds)
  next.window.emit('ready-to-show')
  expect(next.window.calls).toEqual(['maximize', 'show'])
})

test('a page that died is said and loaded again', async () => {
  const { contents } = await start()
  contents.emit('render-process-gone', {}, { reason: 'oom' })
  await expect.poll(() => contents.reloads).toBeGreaterThan(0)
  expect(electron.dialogs).toEqual([{ kind: 'message', message: 'The page ran out of memory.' }])
  electron.answer.messageBox = 1
  contents.emit('render-process-gone', {}, { reason: 'crashed' })
  await expect.poll(() => electron.app.quits).toBeGreaterThan(0)
  contents.emit('render-process-gone', {}, { reason: 'clean-exit' })
  expect(electron.dialogs).toHaveLength(2)
})

test('the last window ends Clew, except on macOS', () => {
  run()
  electron.app.emit('window-all-closed')
  expect(electron.app.quits).toBe(1)
  electron = fakeElectron()
  run([], { platform: 'darwin' })
  electron.app.emit('window-all-closed')
  expect(electron.app.quits).toBe(0)
})

test('a profile that cannot be used is said in a dialog', async () => {
  const file = join(profile, 'file')
  await writeFile(file, '')
  run(['--profile', file])
  expect(electron.dialogs).toEqual([{ kind: 'error', message: expect.stringContaining('cannot be used') }])
  expect(electron.app.exits).toEqual([1])
})

test('what was wrong with the profile is said in a dialog, and Clew starts', async () => {
  const errors = vi.spyOn(console, 'error').mockImplementation(() => undefined)
  await writeFile(join(profile, 'connections.json'), '{"version":1,')
  await start()
  await expect.poll(() => electron.dialogs.length).toBeGreaterThan(0)
  expect(electron.dialogs).toEqual([
    {
      kind: 'message',
      message: expect.stringMatching(/^connections\.json could not be understood .* set aside as/),
    },
  ])
  expect(await (await request('/api/app')).json()).toMatchObject({ notices: [electron.dialogs[0].message] })
  errors.mockRestore()
})

test("mistakes on the command line are said, and other programs' switches are not ours", () => {
  const errors = vi.spyOn(console, 'error').mockImplementation(() => undefined)
  run(['--prot', '1'])
  expect(errors).toHaveBeenCalledWith('--prot is not an option of Clew; did you mean --port?')
  expect(electron.app.exits).toEqual([2])
  errors.mockClear()
  electron = fakeElectron()
  run(['--remote-debugging-port=0', '--no-sandbox'])
  expect(errors).not.toHaveBeenCalled()
  errors.mockRestore()
})

function item(...path: string[]): MenuItemConstructorOptions {
  let items = electron.menu()
  let found: MenuItemConstructorOptions = {}
  for (const label of path) {
    const next = items.find((one) => one.label === label)
    if (!next) throw new Error(`the menu has no ${label}`)
    found = next
    items = Array.isArray(next.submenu) ? next.submenu : []
  }
  return found
}

function click(...path: string[]): void {
  const { click: act } = item(...path) as { click?: () => void }
  act?.()
}
