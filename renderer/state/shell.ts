import type { ClewPreload } from '#shared/api/preload'

declare global {
  interface Window {
    readonly clew?: ClewPreload<File>
  }
}

/** What the Electron shell can do beyond fetch; undefined in a browser, where the page works without. */
export const shell = window.clew
