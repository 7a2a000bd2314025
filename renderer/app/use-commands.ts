import { hrefOfConnections } from '../state/connections-location'
import { useGo } from '../state/location'
import { useChangePreferences, usePreferences } from '../state/preferences'
import { say } from '../ui/status-message'
import type { PaletteItem } from './palette-items'
import { useTimeOfPlace } from './use-time-of-place'

/** What only the frame can do. */
export interface PaletteActions {
  readonly openFile: () => void
  readonly showKeys: () => void
}

const command = (
  id: string,
  title: string,
  run: () => void,
  more: Partial<PaletteItem> = {},
): PaletteItem => ({ id, group: 'Commands', icon: 'cmd', title, run, ...more })

/** The commands that work everywhere. */
export function useCommands({ openFile, showKeys }: PaletteActions): readonly PaletteItem[] {
  const go = useGo()
  const time = useTimeOfPlace()
  const change = useChangePreferences()
  const { theme, timeZone, sizes, recent } = usePreferences()
  return [
    command('open', 'Open a file', openFile, {
      icon: 'folder',
      keys: 'Mod+O',
      words: 'load drop trace json',
    }),
    command('add', 'Add a connection', () => go(hrefOfConnections({ isNew: true })), {
      icon: 'plug',
      words: 'connect server source jaeger tempo zipkin loki prometheus',
    }),
    command('traces', 'Go to Traces', () => go(`/traces${time}`), { icon: 'traces', words: 'search find' }),
    command('overview', 'Go to Overview', () => go(`/overview${time}`), {
      icon: 'overview',
      words: 'services red rate errors duration alerts',
    }),
    command('rules', 'Go to Rules', () => go('/rules'), {
      icon: 'warn',
      words: 'alerts firing threshold recording prometheus',
    }),
    command('metrics', 'Go to Metrics', () => go(`/metrics${time}`), {
      icon: 'metrics',
      words: 'prometheus promql charts',
    }),
    command('logs', 'Go to Logs', () => go(`/logs${time}`), { icon: 'logs', words: 'loki logql lines' }),
    command('cardinality', 'Go to Cardinality', () => go('/cardinality'), {
      icon: 'metrics',
      words: 'series labels memory prometheus tsdb',
    }),
    command('map', 'Go to Map', () => go('/map'), { icon: 'map', words: 'dependencies services graph' }),
    command('investigation', 'Go to Investigation', () => go('/investigation'), {
      icon: 'invest',
      words: 'thread steps notes trail history',
    }),
    command('connections', 'Go to Connections', () => go(hrefOfConnections()), { icon: 'plug' }),
    command('settings', 'Go to Settings', () => go('/settings'), {
      icon: 'settings',
      keys: 'Mod+,',
      words: 'preferences options',
    }),
    command('start', 'Go to Start', () => go('/'), { icon: 'mark', words: 'home recent' }),
    ...(['light', 'dark', 'system'] as const)
      .filter((other) => other !== theme)
      .map((other) =>
        command(
          `theme-${other}`,
          other === 'system' ? 'Theme of the system' : `${other === 'light' ? 'Light' : 'Dark'} theme`,
          () => change(() => ({ theme: other })),
          { note: 'view', words: 'appearance colour color mode' },
        ),
      ),
    timeZone === 'utc'
      ? command('zone', 'Times in local time', () => change(() => ({ timeZone: 'local' })), {
          icon: 'clock',
          note: 'view',
        })
      : command('zone', 'Times in UTC', () => change(() => ({ timeZone: 'utc' })), {
          icon: 'clock',
          note: 'view',
        }),
    command('keys', 'All keys', showKeys, { keys: '?', words: 'shortcuts help keyboard' }),
    ...(Object.keys(sizes).length > 0
      ? [
          command('sizes', 'Reset panel sizes', () => {
            change(() => ({ sizes: {} }))
            say('Panels have their first sizes again.', { undo: () => change(() => ({ sizes })) })
          }),
        ]
      : []),
    ...(recent.length > 0
      ? [
          command('recent', 'Clear the recent list', () => {
            change(() => ({ recent: [] }))
            say('The recent list is empty.', { undo: () => change(() => ({ recent })) })
          }),
        ]
      : []),
  ]
}
