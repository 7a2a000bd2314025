/**
 * What the Electron shell gives the page beyond fetch, as `window.clew`: types only. The browser shell has none of it, so the page
 * must work without. File paths never reach the page: files are known by the ids of `GET /api/files/:id`.
 */
import type { Preferences } from './contract'

/** Something the person asked for outside the page: in the menu, by a link, or by opening a file. */
export type ShellCommand =
  /** Go to a place of the application: a path with its query, such as `/trace?id=…`. */
  | { readonly kind: 'go'; readonly href: string }
  /** Show these opened files. */
  | { readonly kind: 'open-files'; readonly ids: readonly string[] }
  /** The theme was changed in the menu (and is already kept). */
  | { readonly kind: 'theme'; readonly theme: Preferences['theme'] }

/** `window.clew` in the Electron shell. `PageFile` is the DOM's File, which shared code cannot name. */
export interface ClewPreload<PageFile = object> {
  /**
   * Lets files that were dropped or chosen be read again after a reload. Answers with their ids, in order; undefined for a file that
   * does not lie on a disk.
   */
  keepFiles(files: readonly PageFile[]): Promise<readonly (string | undefined)[]>
  /** Shows the system's open dialog; the ids of what was chosen, none when it was cancelled. */
  chooseFiles(): Promise<readonly string[]>
  /** Hears of commands until the returned function is called. Commands from before the first listener come to it at once. */
  onCommand(listener: (command: ShellCommand) => void): () => void
}
