import type { Preferences } from '#shared/api/contract'

/** Puts the theme on the page: `theme.css` follows the system unless told otherwise. */
export function applyTheme(theme: Preferences['theme']): void {
  if (theme === 'system') delete document.documentElement.dataset.theme
  else document.documentElement.dataset.theme = theme
}
