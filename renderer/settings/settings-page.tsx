import { useState } from 'react'
import { formatDateTime, zoneLabel } from '#shared/derive/clock-times'
import { countOf } from '#shared/derive/quantities'
import { toApiError } from '../state/errors'
import { useAppInfo } from '../state/app-info'
import { useGrafana } from '../state/grafana'
import { useChangePreferences, usePreferences } from '../state/preferences'
import { Button } from '../ui/button'
import { ErrorNote } from '../ui/error-note'
import { Segmented } from '../ui/segmented'
import { say } from '../ui/status-message'
import { KeptFiles } from './kept-files'
import { Setting } from './setting'
import styles from './settings.module.css'

/** Theme, time zone, panels; where secrets are kept; which Clew this is. */
export function SettingsPage() {
  const { theme, timeZone, sizes } = usePreferences()
  const change = useChangePreferences()
  const grafana = useGrafana()
  const { data: info, error } = useAppInfo()
  const [nowMs] = useState(() => Date.now())
  const resized = Object.keys(sizes).length
  const resetSizes = () => {
    change(() => ({ sizes: {} }))
    say('Panels have their first sizes again.', { undo: () => change(() => ({ sizes })) })
  }
  return (
    <div className={`scroll ${styles.page}`}>
      <div className={styles.settings}>
        <h1>Settings</h1>
        {error && <ErrorNote error={toApiError(error)} />}
        <Setting
          title="Theme"
          control={
            <Segmented
              label="Theme"
              value={theme}
              options={[
                { value: 'system', label: 'System' },
                { value: 'light', label: 'Light' },
                { value: 'dark', label: 'Dark' },
              ]}
              onChange={(next) => change(() => ({ theme: next }))}
            />
          }
        >
          System follows what this machine is set to.
        </Setting>
        <Setting
          title="Times"
          control={
            <Segmented
              label="Times"
              value={timeZone}
              options={[
                { value: 'local', label: 'Local' },
                { value: 'utc', label: 'UTC' },
              ]}
              onChange={(next) => change(() => ({ timeZone: next }))}
            />
          }
        >
          This page was opened at <span className="nowrap">{formatDateTime(nowMs, timeZone)}</span>{' '}
          {zoneLabel(nowMs, timeZone)}.
        </Setting>
        <Setting
          title="Panels"
          control={
            <Button isDisabled={resized === 0} onClick={resetSizes}>
              Reset sizes
            </Button>
          }
        >
          {resized === 0
            ? 'Every panel has its first size. Drag the line between two panels, or move it with the arrow keys.'
            : `${countOf(resized, 'panel has', 'panels have')} another size than at first.`}
        </Setting>
        <KeptFiles />
        <Setting
          title="Grafana"
          control={grafana.base !== undefined && <Button onClick={grafana.forget}>Forget it</Button>}
        >
          {grafana.base === undefined
            ? 'Its address is asked for when a query is first copied as a link into its Explore.'
            : `Queries are copied as links into the Explore of ${grafana.base}.`}
        </Setting>
        <Setting title="Secrets">{info?.secretStore.sentence}</Setting>
        <Setting title="About">
          {info &&
            `Clew ${info.version}, ${info.shell === 'electron' ? 'in its own window' : 'in the browser'}.`}{' '}
          It runs on this machine, asks only the servers you connect, and stores nothing on them.
        </Setting>
      </div>
    </div>
  )
}
