import { lazy, Suspense, type SyntheticEvent, useState } from 'react'
import styles from './code-editor.module.css'
import type { EditorHelp, EditorMark, QueryLanguage } from './language'

interface Props {
  readonly language: QueryLanguage
  readonly value: string
  readonly onChange: (text: string) => void
  /** Its accessible name. */
  readonly label: string
  readonly help: EditorHelp
  /** What is wrong, marked at its place. */
  readonly marks: readonly EditorMark[]
  /** Enter asks; Shift+Enter begins a line. Without it Enter begins a line. */
  readonly onSubmit?: (() => void) | undefined
  /** What was asked before, newest first: Alt+Up and Alt+Down walk through it, and back to what was being written. */
  readonly history?: readonly string[] | undefined
}

export interface MonacoEditorProps extends Props {
  /** What is selected in the field that this one replaces, if the keyboard is there. */
  readonly takesFocus: { readonly from: number; readonly to: number } | undefined
}

/** Never: what waits for it stays as it is. */
const never = () => new Promise<never>(() => undefined)

// 800 kB that only those need who write a query. Where they do not come, plain text it is.
const MonacoEditor = lazy(async () => {
  const loaded = await import('./monaco-editor').catch(never)
  return { default: loaded.MonacoEditor }
})

/** A field for a query: plain text at once, with completion and colours as soon as they are loaded. Tab leaves it. */
export function CodeEditor(props: Props) {
  const [selection, setSelection] = useState<MonacoEditorProps['takesFocus']>()
  const follow = (event: SyntheticEvent<HTMLTextAreaElement>) => {
    const { selectionStart, selectionEnd } = event.currentTarget
    setSelection({ from: selectionStart, to: selectionEnd })
  }
  const isWrong = props.marks.some(({ severity }) => severity === 'error')
  return (
    <div className={isWrong ? `${styles.editor} ${styles.wrong}` : styles.editor}>
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
            onKeyDown={(event) => {
              if (event.key !== 'Enter' || event.shiftKey || !props.onSubmit) return
              event.preventDefault()
              props.onSubmit()
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
        {props.language.name}
      </span>
    </div>
  )
}
