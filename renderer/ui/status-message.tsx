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
}

/** Undo stays this long; so does the sentence. */
const shownMs = 10_000
/** What has to be thought about stays longer. */
const offeredMs = 30_000

let said: Said | undefined
let timer: ReturnType<typeof setTimeout> | undefined
const listeners = new Set<() => void>()

function set(next: Said | undefined, lastsMs: number): void {
  clearTimeout(timer)
  said = next
  if (next) timer = setTimeout(() => set(undefined, 0), lastsMs)
  for (const listener of listeners) listener()
}

/** Says a sentence in the status line; with `undo` or another `offer` a button stands beside it. */
export function say(
  text: string,
  { undo, offer, tone = 'done' }: { undo?: () => void; offer?: Offer | undefined; tone?: Said['tone'] } = {},
): void {
  set(
    { text, tone, offer: undo ? { label: 'Undo', run: undo } : offer },
    offer === undefined ? shownMs : offeredMs,
  )
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
          {now.offer && (
            <Button
              look="ghost"
              className={styles.offer}
              onClick={() => {
                set(undefined, 0)
                now.offer?.run()
              }}
            >
              {now.offer.label}
            </Button>
          )}
        </>
      )}
    </div>
  )
}
