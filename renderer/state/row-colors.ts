/** Which colour each row has: that of its service, or of what it says under an attribute. */
import { useEffect, useMemo, useState } from 'react'
import type { ApiError } from '#shared/api/contract'
import { type ColorClasses, colorCount } from '#shared/derive/color-classes'
import type { SpanIndex, Trace } from '#shared/trace/table'
import { toApiError } from '../client/api'
import { traceSessions } from '../client/trace-sessions'
import { noneSlot, otherSlot } from './service-colors'

export interface RowColors {
  /** Per row: which of `slots`; the class of what it says, or its ServiceIndex. */
  readonly classOf: Int32Array | Uint8Array
  readonly slots: readonly number[]
}

/** The colour slot of a row. */
export const slotOfRow = ({ classOf, slots }: RowColors, row: SpanIndex): number => slots[classOf[row]] ?? 1

/** Slots of the classes of an attribute: the colours in order, then those of all others and of none. */
export const attributeSlots: readonly number[] = [
  ...Array.from({ length: colorCount }, (_, index) => index + 1),
  otherSlot,
  noneSlot,
]

export interface RowColorsState {
  readonly colors: RowColors
  /** What the colours mean; undefined where they are those of services. */
  readonly classes: ColorClasses | undefined
  readonly error: ApiError | undefined
  /** How far the spans have been read for it, once that takes long; undefined otherwise. */
  readonly progress: ColorProgress | undefined
}

export interface ColorProgress {
  readonly key: string
  readonly done: number
  readonly of: number
}

/** `key`: empty for services, whose colours also stand until those of an attribute are there. `trace`: undefined until it is built. */
export function useRowColors(
  session: string,
  trace: Trace | undefined,
  services: RowColors,
  key: string,
): RowColorsState {
  const [answered, setAnswered] = useState<
    { readonly trace: Trace; readonly classes: ColorClasses } | undefined
  >(undefined)
  const [failed, setFailed] = useState<{ readonly key: string; readonly error: ApiError } | undefined>(
    undefined,
  )
  const [progress, setProgress] = useState<ColorProgress | undefined>(undefined)
  useEffect(() => {
    if (!trace || key === '') return undefined
    const abort = new AbortController()
    const ask = async () => {
      try {
        const classes = await traceSessions.colorClasses(
          session,
          trace.traceId,
          key,
          abort.signal,
          (done, of) => {
            if (!abort.signal.aborted) setProgress({ key, done, of })
          },
        )
        if (!abort.signal.aborted) setAnswered({ trace, classes })
      } catch (thrown) {
        if (!abort.signal.aborted) setFailed({ key, error: toApiError(thrown) })
      }
    }
    void ask()
    return () => {
      abort.abort()
      setProgress(undefined)
    }
  }, [session, trace, key])
  const classes =
    trace && answered?.trace === trace && answered.classes.key === key ? answered.classes : undefined
  const colors = useMemo(
    () => (classes ? { classOf: classes.classOf, slots: attributeSlots } : services),
    [classes, services],
  )
  const error = classes === undefined && failed?.key === key ? failed.error : undefined
  return { colors, classes, error, progress: classes || error ? undefined : progress }
}
