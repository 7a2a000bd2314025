/**
 * Keys of the page: one listener, one list. Whoever is on screen registers its bindings; the sheet on `?` lists what is active.
 * A key is written `Mod+K` (Control, or Command on a Mac), `Shift+L`, `ArrowLeft`, `?`; two alternatives as a list.
 * Plain keys do nothing while a text is being typed, in a dialog, or when something nearer (a grid, a menu) has taken them;
 * Enter and Space are always of what has the focus.
 */
import { useLayoutEffect, useRef, useSyncExternalStore } from 'react'
import { isApple } from './platform'

export interface KeyBinding {
  readonly keys: string | readonly string[]
  /** What the sheet shows where `keys` are too many to list; `…` stands for those between. */
  readonly shownKeys?: readonly string[] | undefined
  /** For the sheet: `Frame the selection`. */
  readonly title: string
  readonly run: (event: KeyboardEvent) => void
  /** Also while typing; for combinations with Mod or Alt. */
  readonly whileTyping?: boolean | undefined
}

export interface KeyScope {
  /** Heading in the sheet: `Waterfall`, `Time`, `Anywhere`. */
  readonly scope: string
  readonly bindings: readonly KeyBinding[]
}

let scopes: readonly (() => KeyScope)[] = []
const listeners = new Set<() => void>()

function change(next: readonly (() => KeyScope)[]): void {
  scopes = next
  for (const listener of listeners) listener()
}

/** The spelling of an event in the form bindings use. Shift is left out of signs that need it anyway (`?`). */
export function keyOf(
  event: Pick<KeyboardEvent, 'key' | 'ctrlKey' | 'metaKey' | 'altKey' | 'shiftKey'>,
  onApple = isApple,
): string {
  const key = event.key.length === 1 ? event.key.toUpperCase() : event.key
  const isLetterOrNamed = key.length > 1 || /[A-Z0-9 ]/.test(key)
  const mod = onApple ? event.metaKey : event.ctrlKey
  const other = onApple ? event.ctrlKey : event.metaKey
  return [
    mod && 'Mod',
    other && (onApple ? 'Ctrl' : 'Meta'),
    event.altKey && 'Alt',
    event.shiftKey && isLetterOrNamed && 'Shift',
    key,
  ]
    .filter(Boolean)
    .join('+')
}

/** Whether keys belong to the text under the cursor: an input, or Monaco (which has its own textarea or edit context). */
export function isTyping(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false
  if (target.isContentEditable || target.closest('.monaco-editor')) return true
  if (target instanceof HTMLInputElement)
    return !['checkbox', 'radio', 'button', 'submit', 'range', 'file'].includes(target.type)
  return target instanceof HTMLTextAreaElement || target instanceof HTMLSelectElement
}

/** Whether whatever has the focus does something of its own by this key: a button, a link, a text that scrolls. */
const isOfFocus = (key: string, target: EventTarget | null): boolean =>
  (key === 'Enter' || key === ' ') && target !== document.body

const hasKey = (binding: KeyBinding, key: string): boolean =>
  typeof binding.keys === 'string' ? binding.keys === key : binding.keys.includes(key)

/** Keys whose meaning is being asked for, of everybody who waits for one. */
const awaited = new Set<readonly string[]>()
/** The one that was pressed before its meaning was known. */
let early: { readonly key: string; readonly event: KeyboardEvent } | undefined

const forgetEarly = (): void => {
  early = undefined
}

function runEarly(bindings: readonly KeyBinding[]): void {
  if (!early) return
  const { key, event } = early
  const binding = bindings.find((one) => hasKey(one, key))
  if (!binding) return
  forgetEarly()
  // What it leads away from is drawn first.
  queueMicrotask(() => binding.run(event))
}

function onKeyDown(event: KeyboardEvent): void {
  if (event.defaultPrevented || event.isComposing) return
  forgetEarly()
  const typing = isTyping(event.target)
  const inDialog = event.target instanceof Element && event.target.closest('[role*=dialog], [role=menu]')
  const key = keyOf(event)
  if (isOfFocus(key, event.target)) return
  // What was registered last is nearest: it wins.
  for (const read of scopes.toReversed()) {
    const binding = read().bindings.find((one) => hasKey(one, key))
    if (!binding) continue
    if ((typing || inDialog) && !binding.whileTyping) return
    event.preventDefault()
    binding.run(event)
    return
  }
  if (typing || inDialog || ![...awaited].some((keys) => keys.includes(key))) return
  event.preventDefault()
  early = { key, event }
}

function listen(): void {
  window.addEventListener('keydown', onKeyDown)
  window.addEventListener('pointerdown', forgetEarly)
}

function unlisten(): void {
  window.removeEventListener('keydown', onKeyDown)
  window.removeEventListener('pointerdown', forgetEarly)
}

/** Makes these keys work while the component is on screen. The bindings may be new at every render. */
export function useKeys(scope: KeyScope): void {
  const latest = useRef(scope)
  useLayoutEffect(() => {
    latest.current = scope
    runEarly(scope.bindings)
  })
  // Before it is painted: a button that can be seen has its key already.
  useLayoutEffect(() => {
    const read = () => latest.current
    if (scopes.length === 0) listen()
    change([...scopes, read])
    return () => {
      change(scopes.filter((one) => one !== read))
      if (scopes.length === 0) unlisten()
    }
  }, [])
}

/** What is bound once it is known may be drawn a little later than that. */
const boundWithinMs = 1000

/** Pressed while they are awaited, these keys are done as soon as somebody binds them, unless another key or a click comes first. */
export function useAwaitedKeys(keys: readonly string[], isAwaited: boolean): void {
  useLayoutEffect(() => {
    if (!isAwaited) return undefined
    awaited.add(keys)
    return () => {
      awaited.delete(keys)
      const pressed = early
      if (pressed && keys.includes(pressed.key))
        window.setTimeout(() => early === pressed && forgetEarly(), boundWithinMs)
    }
  }, [keys, isAwaited])
}

const subscribe = (listener: () => void): (() => void) => {
  listeners.add(listener)
  return () => listeners.delete(listener)
}

/**
 * The scopes that bind something, without what something nearer takes: `T` beside a log line opens its trace, not the time range. Scopes
 * of the same name, which need not lie next to each other, are one.
 */
export function withinReach(active: readonly KeyScope[]): readonly KeyScope[] {
  const byName = new Map<string, readonly KeyBinding[]>()
  for (const [at, { scope, bindings }] of active.entries()) {
    const nearer = active.slice(at + 1).flatMap((one) => one.bindings)
    const isTaken = ({ keys }: KeyBinding): boolean =>
      [keys].flat().every((key) => nearer.some((one) => hasKey(one, key)))
    const left = bindings.filter((one) => !isTaken(one))
    if (left.length > 0) byName.set(scope, [...(byName.get(scope) ?? []), ...left])
  }
  return [...byName].map(([scope, bindings]) => ({ scope, bindings }))
}

/** What is active now, the nearest last. */
export function useActiveKeys(): readonly KeyScope[] {
  return useSyncExternalStore(subscribe, () => scopes).map((read) => read())
}
