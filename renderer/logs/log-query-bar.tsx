import { useMemo, useState } from 'react'
import type { ApiError, Source } from '#shared/api/contract'
import type { TimeRange } from '#shared/derive/time-range'
import { useLogWords } from '../state/log-names'
import { usePreferences } from '../state/preferences'
import { Button } from '../ui/button'
import { Icon } from '../ui/icon'
import { MenuButton } from '../ui/menu'
import { LogqlEditor } from '../logql/logql-editor'
import styles from './logs-view.module.css'

interface Props {
  readonly query: string
  readonly range: TimeRange
  readonly sources: readonly Source[]
  readonly source: Source
  readonly error: ApiError | undefined
  readonly isFollowing: boolean
  /** Lines can be followed: something is asked that answers with lines. */
  readonly canFollow: boolean
  /** No line will come any more, whatever is asked. */
  readonly hasEnded: boolean
  readonly onSource: (id: string) => void
  readonly onRun: (query: string) => void
  readonly onFollow: () => void
}

/** Which source is asked, for what, and the buttons that ask once or go on asking. */
export function LogQueryBar(props: Props) {
  const {
    query,
    range,
    sources,
    source,
    error,
    isFollowing,
    canFollow,
    hasEnded,
    onSource,
    onRun,
    onFollow,
  } = props
  const [text, setText] = useState(query)
  const names = useLogWords(source.id, range)
  const { recent } = usePreferences()
  const history = useMemo(
    () => recent.filter(({ kind }) => kind === 'Logs').map(({ name }) => name),
    [recent],
  )
  const refused = error?.kind === 'bad-query' && text === query ? error : undefined
  const run = (): void => {
    if (text.trim() !== '') onRun(text.trim())
  }
  return (
    <>
      <div className={styles.query}>
        <MenuButton
          label="Source of logs"
          size="lg"
          entries={sources.map(({ id, name }) => ({ id, label: name, run: () => onSource(id) }))}
        >
          {source.name}
        </MenuButton>
        <LogqlEditor
          value={text}
          onChange={setText}
          onSubmit={run}
          names={names}
          error={refused}
          history={history}
        />
        <Button look="primary" size="lg" icon="play" onClick={run}>
          Run
        </Button>
        <Button
          size="lg"
          pressed={isFollowing}
          isDisabled={!canFollow && !isFollowing}
          title={hasEnded ? `The run of ${source.name} has ended: no more lines will come.` : undefined}
          onClick={onFollow}
        >
          Follow live
        </Button>
      </div>
      {refused && (
        <p className={styles.error} role="alert">
          <Icon name="error" size="s" className="err" />
          <code>{refused.detail ?? refused.message}</code>
        </p>
      )}
    </>
  )
}
