/** A part of the URL that changes faster than a URL should: at once here, in the URL a moment later. */
import { useLayoutEffect, useMemo, useState, useSyncExternalStore } from 'react'

/** Browsers refuse more than some 200 changes of the URL in 30 seconds; a drag makes 60 in one. */
const writeAfterMs = 250

export interface Live<Value> {
  readonly value: Value
  readonly set: (next: Value | ((now: Value) => Value)) => void
  /** Shows at once what is being written in another way. */
  readonly show: (value: Value) => void
}

/** Holds the value between what is seen and what the URL says. */
export class LiveValue<Value> {
  #value: Value
  #written: Value
  #timer: ReturnType<typeof setTimeout> | undefined
  #write: (value: Value) => void = () => undefined
  #listeners = new Set<() => void>()
  readonly #same: (a: Value, b: Value) => boolean

  constructor(place: Value, same: (a: Value, b: Value) => boolean) {
    this.#value = place
    this.#written = place
    this.#same = same
  }

  readonly get = (): Value => this.#value

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  readonly set = (next: Value | ((now: Value) => Value)): void => {
    this.#show(typeof next === 'function' ? (next as (now: Value) => Value)(this.#value) : next)
    clearTimeout(this.#timer)
    this.#timer = setTimeout(this.flush, writeAfterMs)
  }

  readonly show = (value: Value): void => {
    this.forget()
    this.#written = value
    this.#show(value)
  }

  readonly flush = (): void => {
    if (this.#timer === undefined) return
    this.forget()
    this.#written = this.#value
    this.#write(this.#value)
  }

  /** Nothing of this page may be written into the URL of the next one. */
  readonly forget = (): void => {
    clearTimeout(this.#timer)
    this.#timer = undefined
  }

  readonly writeTo = (write: (value: Value) => void): void => {
    this.#write = write
  }

  /** The URL says this: news only if it is not what was written last (Back, a link); then it wins at once. */
  readonly arrive = (place: Value): void => {
    if (this.#same(place, this.#written)) return
    this.#written = place
    if (this.#same(place, this.#value)) return
    this.forget()
    this.#show(place)
  }

  #show(value: Value): void {
    this.#value = value
    for (const listener of this.#listeners) listener()
  }
}

const flushes = new Set<() => void>()

/** Writes what is not written yet: before going to another place, and before a part of the page goes away that waits to write. */
export function flushLive(): void {
  for (const flush of flushes) flush()
}

/** `place` is what the URL says, `write` changes it. `same` must hold for a value and what the URL makes of it. */
export function useLive<Value>(
  place: Value,
  write: (value: Value) => void,
  same: (a: Value, b: Value) => boolean,
): Live<Value> {
  const [live] = useState(() => new LiveValue(place, same))
  const value = useSyncExternalStore(live.subscribe, live.get)
  useLayoutEffect(() => live.writeTo(write))
  useLayoutEffect(() => live.arrive(place), [live, place])
  useLayoutEffect(() => {
    flushes.add(live.flush)
    return () => {
      flushes.delete(live.flush)
      live.forget()
    }
  }, [live])
  return useMemo(() => ({ value, set: live.set, show: live.show }), [value, live])
}
