import type { WebContents } from 'electron'
import type { ShellCommand } from '#shared/api/preload'
import { channels } from './channels.ts'
import { appOrigin } from './scheme.ts'

/** How long after loading the page may take to listen before a command is carried out by loading its place. */
const patienceMs = 2000

/** Commands for the page, kept until it listens. */
export interface PageCommands {
  send(command: ShellCommand): void
  /** The page said that it listens. */
  listens(): void
}

/**
 * Sends commands to a window's page. A page that is loaded and does not listen (it crashed in start-up, say) is taken to the command's
 * place by its address instead, so that a link is never lost.
 */
export function pageCommands(
  contents: Pick<WebContents, 'send' | 'loadURL' | 'on' | 'isDestroyed'>,
  report: (cause: unknown) => void,
): PageCommands {
  let listening = false
  let waiting: ShellCommand[] = []

  contents.on('did-start-navigation', (event) => {
    // Moves inside the page keep its listeners; a new document has none yet.
    if (event.isMainFrame && !event.isSameDocument) listening = false
  })
  contents.on('did-finish-load', () => {
    setTimeout(() => {
      const last = waiting.findLast((command) => command.kind !== 'theme')
      if (listening || contents.isDestroyed() || !last) return
      waiting = []
      contents.loadURL(appOrigin + (last.kind === 'go' ? last.href : '/files')).catch(report)
    }, patienceMs).unref()
  })

  return {
    send(command) {
      if (listening) contents.send(channels.command, command)
      else waiting.push(command)
    },
    listens() {
      listening = true
      for (const command of waiting.splice(0)) contents.send(channels.command, command)
    },
  }
}
