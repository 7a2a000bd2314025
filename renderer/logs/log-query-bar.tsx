import { useState } from 'react'
import type { ApiError, Source } from '#shared/api/contract'
import { Button } from '../ui/button'
import { Field } from '../ui/field'
import { Icon } from '../ui/icon'
import { MenuButton } from '../ui/menu'
import styles from './logs-view.module.css'

interface Props {
  readonly query: string
  readonly sources: readonly Source[]
  readonly source: Source
  readonly error: ApiError | undefined
  readonly onSource: (id: string) => void
  readonly onRun: (query: string) => void
}

/** Which source is asked, for what, and the button that asks. */
export function LogQueryBar({ query, sources, source, error, onSource, onRun }: Props) {
  const [text, setText] = useState(query)
  const refused = error?.kind === 'bad-query' && text === query ? error : undefined
  return (
    <>
      <form
        className={styles.query}
        onSubmit={(event) => {
          event.preventDefault()
          if (text.trim() !== '') onRun(text.trim())
        }}
      >
        <MenuButton
          label="Source of logs"
          size="lg"
          entries={sources.map(({ id, name }) => ({ id, label: name, run: () => onSource(id) }))}
        >
          {source.name}
        </MenuButton>
        <Field
          label="LogQL"
          hideLabel
          mono
          size="lg"
          className="grow"
          placeholder={'{service_name="…"}'}
          value={text}
          onChange={setText}
        />
        <Button look="primary" size="lg" icon="play" type="submit">
          Run
        </Button>
      </form>
      {refused && (
        <p className={styles.error} role="alert">
          <Icon name="error" size="s" className="err" />
          <code>{refused.detail ?? refused.message}</code>
        </p>
      )}
    </>
  )
}
