/** What was just done, said once in the status line, with a way back for 10 seconds. */
import { useSyncExternalStore } from 'react'
import { Button } from './button'
import { Icon } from './icon'
import styles from './status-message.module.css'

interface Said {
  readonly text: string
  readonly tone: 'done' | 'warn'
  readonly undo: (() => void) | undefined
}

/** Undo stays this long; so does the sentence. */
const shownMs = 10_000

let said: Said | undefined
let timer: ReturnType<typeof setTimeout> | undefined
const listeners = new Set<() => void>()

function set(next: Said | undefined): void {
  clearTimeout(timer)
  said = next
  if (next) timer = setTimeout(() => set(undefined), shownMs)
  for (const listener of listeners) listener()
}

/** Says a sentence in the status line; with `undo` a button stands beside it. */
export function say(text: string, options: { undo?: () => void; tone?: Said['tone'] } = {}): void {
  set({ text, tone: options.tone ?? 'done', undo: options.undo })
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener)
  return () => listeners.delete(listener)
}

/** The place of `say` in the status line: a polite live region. */
export function StatusMessage() {
  const now = useSyncExternalStore(subscribe, () => said)
  return (
    <div className={styles.message} role="status">
      {now && (
        <>
          <Icon
            name={now.tone === 'done' ? 'check' : 'warn'}
            size="x"
            className={now.tone === 'done' ? 'okc' : 'wrn'}
          />
          <span className="cut">{now.text}</span>
          {now.undo && (
            <Button
              look="ghost"
              className={styles.undo}
              onClick={() => {
                const { undo } = now
                set(undefined)
                undo?.()
              }}
            >
              Undo
            </Button>
          )}
        </>
      )}
    </div>
  )
}
