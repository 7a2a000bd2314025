/** What was just done, said once in the status line, with a way back, or one further, for a while. */
import { useLocation } from '@tanstack/react-router'
import { useEffect, useRef, useSyncExternalStore } from 'react'
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
  /** The path of the page that it belongs to: it stays until that is left, it is closed, or something else is said. */
  readonly staysOn: string | undefined
}

/** Undo stays this long; so does the sentence. */
const shownMs = 10_000

let said: Said | undefined
let timer: ReturnType<typeof setTimeout> | undefined
const listeners = new Set<() => void>()

function set(next: Said | undefined): void {
  clearTimeout(timer)
  said = next
  if (next && next.staysOn === undefined) timer = setTimeout(() => set(undefined), shownMs)
  for (const listener of listeners) listener()
}

interface Manner {
  readonly undo?: () => void
  readonly offer?: Offer | undefined
  readonly tone?: Said['tone']
  readonly staysOn?: string
}

/** Says a sentence in the status line; with `undo` or another `offer` a button stands beside it. One that stays on a page can be closed. The answer takes it back. */
export function say(text: string, { undo, offer, tone = 'done', staysOn }: Manner = {}): () => void {
  const now: Said = { text, tone, staysOn, offer: undo ? { label: 'Undo', run: undo } : offer }
  set(now)
  return () => {
    if (said === now) set(undefined)
  }
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener)
  return () => listeners.delete(listener)
}

/** The place of `say` in the status line: a polite live region. */
export function StatusMessage() {
  const now = useSyncExternalStore(subscribe, () => said)
  const path = useLocation({ select: (location) => location.pathname })
  // It may be said on the way to its page.
  const there = useRef<Said>(undefined)
  useEffect(() => {
    if (now?.staysOn === undefined) return
    if (path === now.staysOn) there.current = now
    else if (there.current === now) set(undefined)
  }, [now, path])
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
          {now.staysOn !== undefined && (
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
