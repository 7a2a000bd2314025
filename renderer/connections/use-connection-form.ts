import { useRef, useState } from 'react'
import type { ApiError, ProbeReport, ServerSource, SourceInput } from '#shared/api/contract'
import { toApiError } from '../state/errors'
import { readAddress } from '../state/address'
import { sourceKinds } from '../state/connections-location'
import { useSayDemoEnded } from '../state/demo'
import { useDetect, useSaveSource, useTest } from '../state/sources'
import { say } from '../ui/status-message'
import {
  type ConnectionDraft,
  type DraftErrors,
  errorsOf,
  forgetKept,
  inputOf,
  staysSafe,
} from './connection-draft'

/** What a test found, and for which settings. */
export interface Tested {
  readonly report: ProbeReport
  readonly settings: string
}

interface Options {
  /** The connection being changed; undefined for a new one. */
  readonly source: ServerSource | undefined
  readonly draft: ConnectionDraft
  /** Changes what is in the form by then, which may be more than was there when an answer was asked for. */
  readonly setDraft: (change: (now: ConnectionDraft) => ConnectionDraft) => void
  /** Names of the other connections. */
  readonly taken: readonly string[]
  readonly onSaved: (source: ServerSource) => void
}

/** Name and address do not decide what a test finds: the name not at all, and the address as it is understood. */
const settingsOf = (input: SourceInput): string => JSON.stringify({ ...input, name: '' })

/** The form of one connection: its mistakes, its test, its saving. */
export function useConnectionForm({ source, draft, setDraft, taken, onSaved }: Options) {
  const test = useTest()
  const detect = useDetect()
  const save = useSaveSource()
  const sayDemoEnded = useSayDemoEnded()
  const stop = useRef<AbortController>(undefined)
  const [tested, setTested] = useState<Tested>()
  const [failure, setFailure] = useState<ApiError>()
  /** Mistakes are shown once somebody tried to use the form, and then as they are mended. */
  const [isTried, setTried] = useState(false)
  /** Somebody has chosen the kind: an address no longer changes it. */
  const isKindChosen = useRef(source !== undefined)
  const allErrors = errorsOf(draft)
  const errors: DraftErrors = isTried ? allErrors : {}
  const isSound = Object.keys(allErrors).length === 0
  const input = inputOf(draft, taken)

  const change = (part: Partial<ConnectionDraft>) => {
    if (part.kind !== undefined) isKindChosen.current = true
    const address = part.url === undefined ? undefined : readAddress(part.url)
    const kind = address && !('error' in address) && !isKindChosen.current ? address.kind : undefined
    const leaves = source && part.url !== undefined && !staysSafe(source.url, part.url)
    setDraft((now) => {
      const next = { ...now, ...part, ...(kind && { kind }) }
      return leaves ? forgetKept(next) : next
    })
  }

  const runTest = async () => {
    setTried(true)
    if (!isSound) return
    stop.current?.abort()
    const own = new AbortController()
    stop.current = own
    setFailure(undefined)
    try {
      const address = readAddress(draft.url)
      const isGuess = !isKindChosen.current && !('error' in address) && address.kind === undefined
      if (isGuess) {
        const found = await detect.mutateAsync({ kinds: sourceKinds, input, signal: own.signal })
        if (found) {
          const { kind, report } = found
          if (!isKindChosen.current) setDraft((now) => ({ ...now, kind }))
          setTested({ report, settings: settingsOf(inputOf({ ...draft, kind }, taken)) })
          return
        }
      }
      const report = await test.mutateAsync({ input, id: source?.id, signal: own.signal })
      setTested({ report, settings: settingsOf(input) })
    } catch (thrown) {
      const error = toApiError(thrown)
      if (error.kind !== 'cancelled') setFailure(error)
    }
  }

  const runSave = async () => {
    setTried(true)
    if (!isSound) return
    setFailure(undefined)
    try {
      const saved = await save.mutateAsync({ id: source?.id, input })
      say(source ? `Saved ${saved.name}.` : `Added ${saved.name}.${sayDemoEnded()}`)
      onSaved(saved)
    } catch (thrown) {
      setFailure(toApiError(thrown))
    }
  }

  return {
    errors,
    failure,
    tested,
    isOld: tested !== undefined && tested.settings !== settingsOf(input),
    isTesting: test.isPending || detect.isPending,
    isSaving: save.isPending,
    nameToBe: input.name,
    change,
    runTest,
    runSave,
    cancelTest: () => stop.current?.abort(),
  }
}
