/** A stand-in for the `electron` module: it keeps what it is told and lets a test play the operating system. */
import { EventEmitter } from 'node:events'
import type { BrowserWindowConstructorOptions, CustomScheme, MenuItemConstructorOptions } from 'electron'
import type { ElectronModule } from '../../electron/shell/electron-module.ts'

type SchemeHandler = (request: Request & { initiatorOrigin?: string }) => Promise<Response>

/** The page's side of a window: what was loaded and sent. */
export class FakeContents extends EventEmitter {
  readonly loaded: string[] = []
  readonly sent: (readonly [channel: string, message: unknown])[] = []
  reloads = 0
  readonly mainFrame = { origin: 'app://clew' }
  readonly navigationHistory = {
    goBack: () => this.moves.push('back'),
    goForward: () => this.moves.push('forward'),
  }
  readonly moves: string[] = []
  windowOpen: ((details: { url: string }) => { action: string }) | undefined

  send(channel: string, message: unknown): void {
    this.sent.push([channel, message])
  }
  reload(): void {
    this.reloads++
  }
  isDestroyed(): boolean {
    return false
  }
  loadURL(url: string): Promise<void> {
    this.loaded.push(url)
    return Promise.resolve()
  }
  setWindowOpenHandler(handler: (details: { url: string }) => { action: string }): void {
    this.windowOpen = handler
  }
}

export class FakeWindow extends EventEmitter {
  readonly options: BrowserWindowConstructorOptions
  readonly webContents = new FakeContents()
  readonly calls: string[] = []
  bounds = { x: 10, y: 20, width: 1000, height: 700 }
  maximized = false
  minimized = false

  constructor(options: BrowserWindowConstructorOptions) {
    super()
    this.options = options
  }
  loadURL(url: string): Promise<void> {
    return this.webContents.loadURL(url)
  }
  show(): void {
    this.calls.push('show')
  }
  focus(): void {
    this.calls.push('focus')
  }
  restore(): void {
    this.calls.push('restore')
  }
  maximize(): void {
    this.calls.push('maximize')
  }
  isMaximized(): boolean {
    return this.maximized
  }
  isMinimized(): boolean {
    return this.minimized
  }
  isDestroyed(): boolean {
    return false
  }
  getNormalBounds(): { x: number; y: number; width: number; height: number } {
    return this.bounds
  }
}

/** Everything the shell did to Electron, and the ways to answer it. */
export interface FakeElectron {
  readonly module: ElectronModule
  readonly app: EventEmitter & {
    readonly paths: Map<string, string>
    readonly exits: number[]
    readonly schemesOpened: string[]
    isPackaged: boolean
    quits: number
  }
  readonly windows: FakeWindow[]
  readonly schemes: CustomScheme[]
  readonly schemeHandlers: Map<string, SchemeHandler>
  readonly ipc: Map<string, (event: unknown, argument?: unknown) => unknown>
  readonly session: Map<string, (...args: never[]) => unknown>
  readonly opened: string[]
  readonly dialogs: { readonly kind: string; readonly message: string }[]
  readonly nativeTheme: { themeSource: string; shouldUseDarkColors: boolean }
  menu(): MenuItemConstructorOptions[]
  /** What the lock of a second start carries to the first. */
  readonly locks: unknown[]
  /** Answers of dialogs to come. */
  answer: { lock: boolean; openPaths: string[]; messageBox: number }
  /** Lets the app become ready. */
  ready(): void
}

export function fakeElectron(): FakeElectron {
  const windows: FakeWindow[] = []
  const schemes: CustomScheme[] = []
  const schemeHandlers = new Map<string, SchemeHandler>()
  const ipc = new Map<string, (event: unknown, argument?: unknown) => unknown>()
  const session = new Map<string, (...args: never[]) => unknown>()
  const opened: string[] = []
  const dialogs: { kind: string; message: string }[] = []
  const locks: unknown[] = []
  const answer = { lock: true, openPaths: [] as string[], messageBox: 0 }
  const nativeTheme = { themeSource: 'system', shouldUseDarkColors: false }
  const { promise: whenReady, resolve: ready } = Promise.withResolvers<void>()
  let menu: MenuItemConstructorOptions[] = []

  const app = Object.assign(new EventEmitter(), {
    paths: new Map<string, string>(),
    exits: [] as number[],
    quits: 0,
    isPackaged: false,
    setPath: (name: string, path: string) => app.paths.set(name, path),
    requestSingleInstanceLock: (data: unknown) => {
      locks.push(data)
      return answer.lock
    },
    exit: (code: number) => app.exits.push(code),
    quit: () => app.quits++,
    whenReady: () => whenReady,
    schemesOpened: [] as string[],
    setAsDefaultProtocolClient: (scheme: string) => app.schemesOpened.push(scheme) > 0,
  })
  const keep =
    (name: string) =>
    (handler: (...args: never[]) => unknown): void =>
      void session.set(name, handler)
  const display = { id: 1, workArea: { x: 0, y: 0, width: 1920, height: 1040 } }

  const module = {
    app,
    BrowserWindow: class extends FakeWindow {
      constructor(options: BrowserWindowConstructorOptions) {
        super(options)
        app.emit('web-contents-created', {}, this.webContents)
        windows.push(this)
      }
    },
    protocol: {
      registerSchemesAsPrivileged: (list: CustomScheme[]) => void schemes.push(...list),
      handle: (scheme: string, handler: SchemeHandler) => void schemeHandlers.set(scheme, handler),
    },
    ipcMain: {
      handle: (channel: string, listener: (event: unknown, argument?: unknown) => unknown) =>
        void ipc.set(channel, listener),
      on: (channel: string, listener: (event: unknown, argument?: unknown) => unknown) =>
        void ipc.set(channel, listener),
    },
    session: {
      defaultSession: {
        setPermissionRequestHandler: keep('request'),
        setPermissionCheckHandler: keep('check'),
        setDevicePermissionHandler: keep('device'),
        setDisplayMediaRequestHandler: keep('display'),
        on: (name: string, listener: (...args: never[]) => unknown) => void session.set(name, listener),
      },
    },
    shell: { openExternal: (url: string) => Promise.resolve(void opened.push(url)) },
    dialog: {
      showOpenDialog: () => Promise.resolve({ filePaths: answer.openPaths }),
      showErrorBox: (_title: string, message: string) => void dialogs.push({ kind: 'error', message }),
      showMessageBox: (_window: unknown, { message }: { message: string }) => {
        dialogs.push({ kind: 'message', message })
        return Promise.resolve({ response: answer.messageBox })
      },
    },
    screen: { getPrimaryDisplay: () => display, getAllDisplays: () => [display] },
    nativeTheme,
    safeStorage: {
      isAsyncEncryptionAvailable: () => Promise.resolve(true),
      encryptStringAsync: (text: string) => Promise.resolve(Buffer.from(text)),
      decryptStringAsync: (bytes: Buffer) =>
        Promise.resolve({ result: bytes.toString(), shouldReEncrypt: false }),
      getSelectedStorageBackend: () => 'gnome_libsecret',
    },
    Menu: {
      buildFromTemplate: (template: MenuItemConstructorOptions[]) => template,
      setApplicationMenu: (template: MenuItemConstructorOptions[]) => (menu = template),
      getApplicationMenu: () => ({ getMenuItemById: (id: string) => findItem(menu, id) }),
    },
  }

  return {
    module: module as unknown as ElectronModule,
    app,
    windows,
    schemes,
    schemeHandlers,
    ipc,
    session,
    opened,
    dialogs,
    nativeTheme,
    menu: () => menu,
    locks,
    answer,
    ready,
  }
}

function findItem(items: MenuItemConstructorOptions[], id: string): MenuItemConstructorOptions | undefined {
  for (const item of items) {
    if (item.id === id) return item
    const inside = Array.isArray(item.submenu) ? findItem(item.submenu, id) : undefined
    if (inside) return inside
  }
  return undefined
}
