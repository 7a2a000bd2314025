/** What was just done, said once in the status line, with a way back, or one further, for a while. */
import { useSyncExternalStore } from 'react'
import { Button } from './button'
import { Icon } from './icon'
import styles from './status-message.module.css'

/** What can be done about what is said. */
export interface Offer {
  readonly label: string
  readonly run: () => void
}

interface Said {
  readonly text: string
  readonly tone: 'done' | 'warn'
  readonly offer: Offer | undefined
  /** It stays until it is closed, or something else is said. */
  readonly stays: boolean
}

/** Undo stays this long; so does the sentence. */
const shownMs = 10_000

let said: Said | undefined
let timer: ReturnType<typeof setTimeout> | undefined
const listeners = new Set<() => void>()

function set(next: Said | undefined): void {
  clearTimeout(timer)
  said = next
  if (next && !next.stays) timer = setTimeout(() => set(undefined), shownMs)
  for (const listener of listeners) listener()
}

interface Manner {
  readonly undo?: () => void
  readonly offer?: Offer | undefined
  readonly tone?: Said['tone']
  readonly stays?: boolean
}

/** Says a sentence in the status line; with `undo` or another `offer` a button stands beside it. One that `stays` can be closed. */
export function say(text: string, { undo, offer, tone = 'done', stays = false }: Manner = {}): void {
  set({ text, tone, stays, offer: undo ? { label: 'Undo', run: undo } : offer })
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
          <span className={styles.text} title={now.text}>
            {now.text}
          </span>
          {now.offer && (
            <Button
              look="ghost"
              className={styles.offer}
              onClick={() => {
                set(undefined)
                now.offer?.run()
              }}
            >
              {now.offer.label}
            </Button>
          )}
          {now.stays && (
            <Button
              look="ghost"
              className={styles.offer}
              icon="close"
              label="Close what was said"
              onClick={() => set(undefined)}
            />
          )}
        </>
      )}
    </div>
  )
}
