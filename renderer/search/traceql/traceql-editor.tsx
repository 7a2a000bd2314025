import { useMemo } from 'react'
import { CodeEditor } from '../../ui/code-editor/code-editor'
import type { EditorHelp, EditorMark } from '../../ui/code-editor/language'
import { completionsAt, type ServerWords } from './completion'
import type { QueryError } from './error-place'
import { traceql } from './monarch'

interface Props {
  readonly value: string
  readonly onChange: (text: string) => void
  /** What completion asks. */
  readonly words: ServerWords
  /** What a server could not read, marked at its place. */
  readonly error: QueryError | undefined
}

const noMarks: readonly EditorMark[] = []

/** A field for TraceQL. */
export function TraceqlEditor({ value, onChange, words, error }: Props) {
  const help = useMemo(
    (): EditorHelp => ({ complete: (text, offset) => completionsAt(text, offset, words) }),
    [words],
  )
  const marks = useMemo(
    (): readonly EditorMark[] => (error ? [{ severity: 'error', ...error }] : noMarks),
    [error],
  )
  return (
    <CodeEditor
      language={traceql}
      label="TraceQL"
      value={value}
      onChange={onChange}
      help={help}
      marks={marks}
    />
  )
}
