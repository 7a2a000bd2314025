import type { MenuItemConstructorOptions } from 'electron'
import type { Preferences } from '#shared/api/contract'

/** What the menu does besides what Electron's roles do. */
export interface MenuActions {
  open(): void
  back(): void
  forward(): void
  setTheme(theme: Preferences['theme']): void
}

const themes: readonly (readonly [Preferences['theme'], label: string])[] = [
  ['system', 'Like the System'],
  ['light', 'Light'],
  ['dark', 'Dark'],
]

/** The application's menu with its keys, as the platform wants it. */
export function menuTemplate(
  platform: NodeJS.Platform,
  theme: Preferences['theme'],
  actions: MenuActions,
): MenuItemConstructorOptions[] {
  const mac = platform === 'darwin'
  return [
    ...(mac ? [{ role: 'appMenu' } as const] : []),
    {
      label: '&File',
      submenu: [
        { label: 'Open…', accelerator: 'CommandOrControl+O', click: () => actions.open() },
        { type: 'separator' },
        mac ? { role: 'close' } : { role: 'quit' },
      ],
    },
    { role: 'editMenu' },
    {
      label: '&View',
      submenu: [
        { role: 'reload' },
        { type: 'separator' },
        { role: 'resetZoom' },
        { role: 'zoomIn' },
        // The key without Shift too: on most keyboards plus is Shift and equals.
        {
          role: 'zoomIn',
          accelerator: 'CommandOrControl+=',
          visible: false,
          acceleratorWorksWhenHidden: true,
        },
        { role: 'zoomOut' },
        { type: 'separator' },
        {
          label: 'Theme',
          submenu: themes.map(([value, label]) => ({
            id: `theme-${value}`,
            label,
            type: 'radio',
            checked: value === theme,
            click: () => actions.setTheme(value),
          })),
        },
        { type: 'separator' },
        { role: 'togglefullscreen' },
        { role: 'toggleDevTools' },
      ],
    },
    {
      label: '&Go',
      submenu: [
        { label: 'Back', accelerator: mac ? 'Command+[' : 'Alt+Left', click: () => actions.back() },
        { label: 'Forward', accelerator: mac ? 'Command+]' : 'Alt+Right', click: () => actions.forward() },
      ],
    },
    { role: 'windowMenu' },
  ]
}
