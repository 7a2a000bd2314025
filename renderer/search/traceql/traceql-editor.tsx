import { lazy, Suspense, type SyntheticEvent, useState } from 'react'
import type { ServerWords } from './completion'
import type { QueryError } from './error-place'
import styles from './traceql-editor.module.css'

export interface EditorProps {
  readonly value: string
  readonly onChange: (text: string) => void
  /** Its accessible name. */
  readonly label: string
  /** What completion asks. */
  readonly words: ServerWords
  /** What a server could not read, marked at its place. */
  readonly error: QueryError | undefined
  /** What is selected in the field that this one replaces, if the keyboard is there. */
  readonly takesFocus: { readonly from: number; readonly to: number } | undefined
}

// 800 kB that only those need who write TraceQL.
const MonacoEditor = lazy(async () => {
  const { MonacoEditor } = await import('./monaco-editor')
  return { default: MonacoEditor }
})

/** A field for TraceQL: plain text at once, with completion and colours as soon as they are loaded. Tab leaves it. */
export function TraceqlEditor(props: Omit<EditorProps, 'takesFocus'>) {
  const [selection, setSelection] = useState<EditorProps['takesFocus']>()
  const follow = (event: SyntheticEvent<HTMLTextAreaElement>) => {
    const { selectionStart, selectionEnd } = event.currentTarget
    setSelection({ from: selectionStart, to: selectionEnd })
  }
  return (
    <div className={props.error ? `${styles.editor} ${styles.wrong}` : styles.editor}>
      <Suspense
        fallback={
          <textarea
            className={styles.plain}
            aria-label={props.label}
            spellCheck={false}
            rows={Math.min(6, props.value.split('\n').length)}
            value={props.value}
            onChange={(event) => {
              follow(event)
              props.onChange(event.target.value)
            }}
            onFocus={follow}
            onSelect={follow}
            onBlur={() => setSelection(undefined)}
          />
        }
      >
        <MonacoEditor {...props} takesFocus={selection} />
      </Suspense>
      <span className={styles.language} aria-hidden="true">
        TraceQL
      </span>
    </div>
  )
}
