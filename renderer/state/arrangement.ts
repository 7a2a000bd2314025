/** What is left of a trace after its reductions, arranged in rows; of a large trace it is worked out in the worker. */
import { startTransition, useEffect, useMemo, useState } from 'react'
import type { ApiError } from '#shared/api/contract'
import { arrange, type Arrangement } from '#shared/derive/arrangement'
import { formatReduction, type Reduction } from '#shared/derive/reduction'
import { wholeTree } from '#shared/derive/row-tree'
import type { Trace } from '#shared/trace/table'
import { toApiError } from '../client/api'
import { traceSessions } from '../client/trace-sessions'

/** So many spans are arranged in 1 ms: sooner than the worker is asked. */
const smallTrace = 20_000

interface Answered {
  readonly trace: Trace
  readonly about: string
  readonly arrangement: Arrangement
}

export interface Arranged {
  readonly arrangement: Arrangement
  /** What is shown is not yet what was asked for. */
  readonly isArranging: boolean
  /** What was taken out is still in view: it leaves when the trace has been read. */
  readonly isLater: boolean
  readonly error: ApiError | undefined
}

/** The same list as long as it says the same: it is made anew with every change of the URL, and much is worked out of it. */
export function useSameReductions(list: readonly Reduction[]): readonly Reduction[] {
  const text = list.map(formatReduction).join('\n')
  // oxlint-disable-next-line react/exhaustive-deps, react/exhaustive-effect-dependencies
  return useMemo(() => list, [text])
}

/**
 * Until the worker has answered, a large trace stays as it was: whole at first, and while it is still being read. `isBuilt`: the worker
 * has it too.
 */
export function useArrangement(
  session: string,
  trace: Trace,
  isBuilt: boolean,
  reductions: readonly Reduction[],
  repeatsFolded: boolean,
): Arranged {
  const about = `${repeatsFolded} ${reductions.map(formatReduction).join('\n')}`
  const isSmall = trace.spans.length <= smallTrace
  const here = useMemo(
    () =>
      isSmall || (reductions.length === 0 && !repeatsFolded)
        ? arrange(trace, reductions, repeatsFolded)
        : { ...whole(trace), isPassing: true as const },
    [trace, isSmall, reductions, repeatsFolded],
  )
  const [answered, setAnswered] = useState<Answered | undefined>(undefined)
  const [error, setError] = useState<ApiError | undefined>(undefined)
  const isAsked = 'isPassing' in here && isBuilt
  useEffect(() => {
    if (!isAsked) return undefined
    const abort = new AbortController()
    const ask = async () => {
      try {
        const arrangement = await traceSessions.arrange(
          session,
          trace,
          reductions,
          repeatsFolded,
          abort.signal,
        )
        if (abort.signal.aborted) return
        // All rows change: what a key does in the meantime goes first.
        startTransition(() => {
          setAnswered({ trace, about, arrangement })
          setError(undefined)
        })
      } catch (thrown) {
        if (!abort.signal.aborted) setError(toApiError(thrown))
      }
    }
    void ask()
    return () => abort.abort()
  }, [session, trace, isAsked, reductions, repeatsFolded, about])
  if (!('isPassing' in here))
    return { arrangement: here, isArranging: false, isLater: false, error: undefined }
  const last = answered?.trace === trace ? answered : undefined
  return {
    arrangement: last?.arrangement ?? here,
    isArranging: isAsked && last?.about !== about,
    isLater: !isBuilt && reductions.length > 0,
    error: isAsked ? error : undefined,
  }
}

function whole(trace: Trace): Arrangement {
  return { left: undefined, leftCount: trace.spanCount, tree: wholeTree(trace.spans) }
}
