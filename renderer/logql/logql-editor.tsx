import { useMemo } from 'react'
import type { ApiError } from '#shared/api/contract'
import { CodeEditor } from '../ui/code-editor/code-editor'
import type { EditorHelp, EditorMark } from '../ui/code-editor/language'
import { completionsAt, type ServerNames } from './completion'
import { logql } from './language'

interface Props {
  readonly value: string
  readonly onChange: (text: string) => void
  readonly onSubmit: () => void
  /** What completion asks. */
  readonly names: ServerNames
  /** What the server could not read, marked at its place. */
  readonly error: ApiError | undefined
  readonly history: readonly string[]
}

/** Loki says `parse error at line 1, col 12: syntax error: unexpected …`. */
const place = /at line (\d+),\s*col(?:umn)? (\d+)/i

/** What a Loki could not read, and where. */
export function readLogqlError(message: string): Pick<EditorMark, 'line' | 'column' | 'message'> {
  const found = place.exec(message)
  return {
    line: found ? Number(found[1]) : undefined,
    column: found ? Number(found[2]) : undefined,
    message,
  }
}

/** A field for LogQL. */
export function LogqlEditor({ value, onChange, onSubmit, names, error, history }: Props) {
  const help = useMemo(
    (): EditorHelp => ({ complete: (text, offset) => completionsAt(text, offset, names) }),
    [names],
  )
  const marks = useMemo(
    (): readonly EditorMark[] =>
      error ? [{ severity: 'error', ...readLogqlError(error.detail ?? error.message) }] : [],
    [error],
  )
  return (
    <CodeEditor
      language={logql}
      label="LogQL"
      value={value}
      onChange={onChange}
      onSubmit={onSubmit}
      help={help}
      marks={marks}
      history={history}
    />
  )
}
