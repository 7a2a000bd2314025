import type { App, Shell, WebContents } from 'electron'
import { appOrigin } from './scheme.ts'

/** What becomes of an address the page wants to go to. */
export type NavigationDecision = 'stay' | 'system-browser' | 'refuse'

/** Our own page stays in the window, https goes to the system's browser, everything else is refused. */
export function decideNavigation(address: string): NavigationDecision {
  const url = URL.parse(address)
  if (!url) return 'refuse'
  if (url.protocol === 'app:' && `${url.protocol}//${url.host}` === appOrigin) return 'stay'
  // A link made of server data must not smuggle a password into the browser's history.
  return url.protocol === 'https:' && url.username === '' && url.password === '' ? 'system-browser' : 'refuse'
}

/** Keeps every page of the application where it belongs: it neither leaves, nor opens windows, nor embeds other pages. */
export function guardNavigation(app: Pick<App, 'on'>, shell: Pick<Shell, 'openExternal'>): void {
  app.on('web-contents-created', (_event, contents) => guardContents(contents, shell))
}

function guardContents(contents: WebContents, shell: Pick<Shell, 'openExternal'>): void {
  const openOutside = (address: string): void => {
    if (decideNavigation(address) !== 'system-browser') return
    shell.openExternal(address).catch((cause: unknown) => {
      console.error(`The system's browser did not open ${new URL(address).origin}: ${String(cause)}`)
    })
  }
  contents.on('will-navigate', (event) => {
    if (decideNavigation(event.url) === 'stay') return
    event.preventDefault()
    if (event.isMainFrame) openOutside(event.url)
  })
  contents.on('will-redirect', (event) => {
    if (decideNavigation(event.url) !== 'stay') event.preventDefault()
  })
  contents.on('will-frame-navigate', (event) => {
    if (!event.isMainFrame) event.preventDefault()
  })
  contents.on('will-attach-webview', (event) => event.preventDefault())
  contents.setWindowOpenHandler(({ url }) => {
    openOutside(url)
    return { action: 'deny' }
  })
}
