/** The window: what it may do, where it stands, and what happens when its page dies. */
import type { BrowserWindow, BrowserWindowConstructorOptions } from 'electron'
import type { ElectronModule } from './electron-module.ts'
import { clampToDisplays, smallestWindow, type WindowState } from './window-state.ts'

/** The page's own background (`--bg` of renderer/ui/theme.css), so that the window does not flash before the first paint. */
const background = { light: '#f5f6f8', dark: '#0f1115' } as const

/** The window's options. The page is sandboxed and apart from the preload's world; it has no Node and no other privilege. */
export function windowOptions(
  state: WindowState,
  preload: string,
  dark: boolean,
): BrowserWindowConstructorOptions {
  const { x, y, width, height } = state
  return {
    ...(x === undefined || y === undefined ? {} : { x, y }),
    width,
    height,
    minWidth: smallestWindow.width,
    minHeight: smallestWindow.height,
    title: 'Clew',
    show: false,
    backgroundColor: dark ? background.dark : background.light,
    webPreferences: {
      preload,
      contextIsolation: true,
      sandbox: true,
      nodeIntegration: false,
      nodeIntegrationInWorker: false,
      nodeIntegrationInSubFrames: false,
      webSecurity: true,
      allowRunningInsecureContent: false,
      webviewTag: false,
      navigateOnDragDrop: false,
      spellcheck: false,
    },
  }
}

/** What a window needs besides Electron. */
export interface WindowStart {
  readonly state: WindowState
  readonly preload: string
  /** Hears where the window is when it closes. */
  readonly closed: (state: WindowState) => void
}

/** Opens the window; its page is still to be loaded. */
export function openWindow(electron: ElectronModule, start: WindowStart): BrowserWindow {
  const { screen, nativeTheme, BrowserWindow: Window } = electron
  const primary = screen.getPrimaryDisplay()
  const others = screen.getAllDisplays().filter((display) => display.id !== primary.id)
  const workAreas = [primary, ...others].map((display) => display.workArea)
  const state = clampToDisplays(start.state, workAreas)
  const window = new Window(windowOptions(state, start.preload, nativeTheme.shouldUseDarkColors))
  window.once('ready-to-show', () => {
    if (state.maximized) window.maximize()
    window.show()
  })
  window.on('close', () => {
    // Of a maximised window the bounds it will have when restored.
    start.closed({ ...window.getNormalBounds(), maximized: window.isMaximized() })
  })
  surviveCrash(electron, window)
  return window
}

/** A page that died (usually of memory) is said and loaded again: its place is in its address. */
function surviveCrash({ dialog, app }: ElectronModule, window: BrowserWindow): void {
  window.webContents.on('render-process-gone', (_event, { reason }) => {
    if (reason === 'clean-exit' || window.isDestroyed()) return
    const outOfMemory = reason === 'oom' || reason === 'memory-eviction'
    dialog
      .showMessageBox(window, {
        type: 'error',
        title: 'Clew',
        message: outOfMemory ? 'The page ran out of memory.' : `The page ended unexpectedly (${reason}).`,
        detail: outOfMemory
          ? 'Reload returns to the same place; if it happens again, open a smaller trace or part of it.'
          : 'Reload returns to the same place. Connections and preferences are kept.',
        buttons: ['Reload', 'Quit'],
        defaultId: 0,
        cancelId: 0,
      })
      .then(({ response }) => {
        if (response === 1) app.quit()
        else if (!window.isDestroyed()) window.webContents.reload()
      })
      .catch((cause: unknown) => console.error('The page ended and could not be reloaded.', cause))
  })
}
