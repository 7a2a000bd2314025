/** The Electron shell: one window over the handler, and what the operating system hands it (files, links, second starts). */
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { BrowserWindow, SaveDialogOptions } from 'electron'
import type { Preferences } from '#shared/api/contract'
import type { ShellCommand } from '#shared/api/preload'
import { appFolder, appVersion } from './app-folder.ts'
import { helpText, resolvePaths, startFolder, type CommandLine } from './command-line.ts'
import { hrefOfLink } from './deep-link.ts'
import { keepDownloadsWhole } from './downloads.ts'
import { readElectronArguments } from './electron-arguments.ts'
import type { ElectronModule } from './electron-module.ts'
import { listenToPage } from './ipc.ts'
import { menuTemplate } from './menu.ts'
import { guardNavigation } from './navigation.ts'
import { pageCommands, type PageCommands } from './page-commands.ts'
import { refusePermissions } from './permissions.ts'
import {
  defaultProfileFolder,
  makeProfileFolder,
  openProfile,
  ProfileError,
  type Profile,
} from './profile.ts'
import { startProgram, type Program } from './program.ts'
import { appOrigin, customSchemes, mountHandler } from './scheme.ts'
import { readSecondStart, type ShowRequest } from './second-start.ts'
import { secretSafeStorage } from './secret-safe-storage.ts'
import { openWindow } from './window.ts'
import { readWindowState, writeWindowState } from './window-state.ts'

/** The process as the shell sees it; tests give their own. */
export interface ElectronProcess {
  readonly argv: readonly string[]
  /** Set when Electron's own binary runs the project's folder. */
  readonly defaultApp: boolean
  readonly env: Readonly<Record<string, string | undefined>>
  readonly cwd: string
  readonly platform: NodeJS.Platform
}

/**
 * Starts the shell. Everything that Electron wants before it is ready happens before this returns; the rest is started without waiting,
 * because the app becomes ready only after the main module has finished.
 */
export function runElectronShell(electron: ElectronModule, process: ElectronProcess): void {
  const { app, protocol } = electron
  protocol.registerSchemesAsPrivileged(customSchemes)

  const asked = readElectronArguments(process.argv, process.defaultApp)
  if (asked.kind === 'text') {
    console.log(asked.text === 'help' ? helpText(appVersion()) : `Clew ${appVersion()}`)
    app.exit(0)
    return
  }
  if (asked.kind === 'refused') {
    for (const sentence of asked.sentences) console.error(sentence)
    app.exit(2)
    return
  }
  const options = resolvePaths(asked.options, startFolder(process.env, process.cwd))

  // Chromium's own files go beside ours, so that another --profile is another Clew, with a lock of its own.
  const folder = options.profile ?? defaultProfileFolder(process.env, process.platform)
  const chromium = join(folder, 'electron')
  try {
    makeProfileFolder(chromium)
  } catch (cause) {
    giveUp(electron, cause)
    return
  }
  app.setPath('userData', chromium)
  const { files, links, connect, demo } = options
  if (!app.requestSingleInstanceLock({ files, links, connect, demo })) {
    app.exit(0) // The Clew that runs already shows what this start asked for.
    return
  }

  const shell = createShell(electron, process, options, folder)
  app.on('second-instance', (_event, _argv, _cwd, data) => shell.takeOver(readSecondStart(data)))
  app.on('open-file', (event, path) => {
    event.preventDefault()
    shell.takeOver({ files: [path], links: [], connect: [] })
  })
  app.on('open-url', (event, link) => {
    event.preventDefault()
    shell.takeOver({ files: [], links: [link], connect: [] })
  })
  app.on('window-all-closed', () => {
    if (process.platform !== 'darwin') app.quit()
  })
  guardNavigation(app, electron.shell)
  // Linux and macOS learn of clew:// from the package; Windows from the program itself.
  if (process.platform === 'win32' && app.isPackaged) app.setAsDefaultProtocolClient('clew')

  app
    .whenReady()
    .then(() => shell.start())
    .catch((cause: unknown) => giveUp(electron, cause))
}

function giveUp({ app, dialog }: ElectronModule, cause: unknown): void {
  dialog.showErrorBox('Clew cannot start', cause instanceof ProfileError ? cause.message : String(cause))
  app.exit(1)
}

/** The running shell: program, window and menu. */
function createShell(
  electron: ElectronModule,
  process: ElectronProcess,
  options: CommandLine,
  folder: string,
) {
  const { app, dialog, nativeTheme, Menu, session, ipcMain } = electron
  let running: { readonly profile: Profile; readonly program: Program } | undefined
  let page: { readonly window: BrowserWindow; readonly commands: PageCommands } | undefined
  /** What came before there was a window. */
  let early: ShowRequest[] = []

  function followPreferences({ theme }: Preferences): void {
    nativeTheme.themeSource = theme
    const item = Menu.getApplicationMenu()?.getMenuItemById(`theme-${theme}`)
    if (item) item.checked = true
  }

  async function setTheme(theme: Preferences['theme']): Promise<void> {
    if (!running) return
    const { preferences } = running.program
    await preferences.put({ theme })
    page?.commands.send({ kind: 'theme', theme })
  }

  async function choosePaths(): Promise<readonly string[]> {
    const wanted: Electron.OpenDialogOptions = {
      title: 'Open traces',
      // Elsewhere a dialog shows either files or folders.
      properties: [
        'openFile',
        'multiSelections',
        ...(process.platform === 'darwin' ? (['openDirectory'] as const) : []),
      ],
      filters: [
        { name: 'Traces', extensions: ['json', 'jsonl', 'ndjson', 'gz', 'zst', 'zip', 'pb', 'clew'] },
        { name: 'All files', extensions: ['*'] },
      ],
    }
    const { filePaths } = await (page
      ? dialog.showOpenDialog(page.window, wanted)
      : dialog.showOpenDialog(wanted))
    return filePaths
  }

  async function openFiles(): Promise<void> {
    const paths = await choosePaths()
    if (paths.length > 0) takeOver({ files: paths, links: [], connect: [] })
  }

  function setMenu(theme: Preferences['theme']): void {
    const template = menuTemplate(process.platform, theme, {
      open: () => reportFailure(openFiles()),
      back: () => page?.window.webContents.navigationHistory.goBack(),
      forward: () => page?.window.webContents.navigationHistory.goForward(),
      setTheme: (next) => reportFailure(setTheme(next)),
    })
    Menu.setApplicationMenu(Menu.buildFromTemplate(template))
  }

  async function chooseTarget(asked: SaveDialogOptions): Promise<string | undefined> {
    const { canceled, filePath } = await (page
      ? dialog.showSaveDialog(page.window, asked)
      : dialog.showSaveDialog(asked))
    return canceled ? undefined : filePath
  }

  async function showWindow(href: string): Promise<void> {
    if (!running) return
    const { profile } = running
    const window = openWindow(electron, {
      state: await readWindowState(profile),
      preload: fileURLToPath(new URL('dist/electron/preload.cjs', appFolder)),
      closed: (state) => {
        page = undefined
        reportFailure(writeWindowState(profile, state))
      },
    })
    page = { window, commands: pageCommands(window.webContents, reportCause) }
    await window.loadURL(appOrigin + href)
  }

  /** Whoever starts Clew from a menu sees no terminal. */
  async function showNotices(notices: readonly string[]): Promise<void> {
    for (const notice of notices) console.error(notice)
    const text = { type: 'warning', title: 'Clew', message: notices.join('\n\n') } as const
    await (page ? dialog.showMessageBox(page.window, text) : dialog.showMessageBox(text))
  }

  /** Shows files, links and connections in the window there is, or in a new one. */
  function takeOver(request: ShowRequest): void {
    if (!running) {
      early.push(request)
      return
    }
    const commands = commandsFor(request, running.program)
    for (const connection of request.connect) reportFailure(running.program.connect(connection))
    if (request.demo) reportFailure(running.program.demo(request.demo))
    if (!page) {
      const place = commands.findLast((command) => command.kind === 'go')
      reportFailure(showWindow(place?.href ?? '/'))
      return
    }
    if (page.window.isMinimized()) page.window.restore()
    page.window.focus()
    for (const command of commands) page.commands.send(command)
  }

  return {
    takeOver,
    async start(): Promise<void> {
      const profile = await openProfile(folder)
      const secretBox = await secretSafeStorage(profile, electron.safeStorage, process.platform)
      const program = await startProgram({
        shell: 'electron',
        options,
        profile,
        secretBox,
        preferencesChanged: followPreferences,
      })
      running = { profile, program }
      app.on('will-quit', () => reportFailure(program.close()))
      refusePermissions(session.defaultSession)
      keepDownloadsWhole(session.defaultSession, {
        folder: tmpdir(),
        ask: chooseTarget,
        fail: (sentence) => dialog.showErrorBox('Clew', sentence),
      })
      mountHandler(electron.protocol, program.handler)
      listenToPage(ipcMain, {
        files: program.files,
        choosePaths,
        pageListens: () => page?.commands.listens(),
      })
      const { theme } = await program.preferences.get()
      nativeTheme.themeSource = theme
      setMenu(theme)
      app.on('activate', () => {
        if (!page) reportFailure(showWindow('/'))
      })
      // The files of the command line are in `program.files` and the page finds them there; links choose the place.
      const requests = [{ files: [], links: options.links, connect: [] }, ...early.splice(0)]
      const commands = requests.flatMap((request) => commandsFor(request, program))
      const place = commands.findLast((command) => command.kind === 'go')
      await showWindow(place?.href ?? '/')
      if (profile.notices.length > 0) reportFailure(showNotices(profile.notices))
    },
  }
}

/** What the page is told; a link that leads nowhere is said on the terminal and shows the page as it is. */
function commandsFor({ files, links, connect, demo }: ShowRequest, program: Program): ShellCommand[] {
  const commands: ShellCommand[] = []
  if (demo) commands.push({ kind: 'go', href: '/overview' })
  if (connect.length > 0) commands.push({ kind: 'go', href: '/connections' })
  if (files.length > 0) commands.push({ kind: 'open-files', ids: program.files.addAll(files) })
  for (const link of links) {
    const href = hrefOfLink(link)
    if (href === undefined) console.error(`This link names no trace: ${link.slice(0, 200)}`)
    else commands.push({ kind: 'go', href })
  }
  return commands
}

function reportFailure(work: Promise<unknown>): void {
  work.catch(reportCause)
}

function reportCause(cause: unknown): void {
  console.error(cause instanceof Error ? cause.message : cause)
}
