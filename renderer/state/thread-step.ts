/** How pages tell the thread what they show, and how steps are opened again. */
import { type ParsedLocation, useNavigate } from '@tanstack/react-router'
import { useCallback, useEffect } from 'react'
import { partsOfPlace, placeAsAsked } from './thread-place'
import { arrive, type Step, type StepFacts, stepOf } from '#shared/thread/thread'
import { changeThread, threadNow, useThread } from './thread'
import { useOwnLocation } from './location'
import { bindEntry, entryOf, goWithin, stepOfEntry } from './thread-entries'

const placeOf = ({ pathname, searchStr }: ParsedLocation): string => pathname + searchStr

/**
 * Tells the thread what the page at `path` shows. A page where nothing is asked yet says undefined, and is no step; what is learned
 * later, such as how many lines there are, is told again and changes the step.
 */
export function useStep(path: string, facts: StepFacts | undefined): void {
  const place = useOwnLocation(path, placeOf)
  const key = useOwnLocation(path, entryOf)
  const told = JSON.stringify(facts)
  useEffect(() => {
    if (told === undefined || place === undefined || key === undefined) return
    // What a page learns while it is being left does not lead back to it.
    if (globalThis.location.pathname !== path) return
    const bound = stepOfEntry(key)
    // A person took it out: it does not come back by itself.
    if (bound !== '' && stepOf(threadNow(), bound) === undefined) return
    changeThread((thread) =>
      arrive(thread, {
        bound,
        newId: crypto.randomUUID(),
        place,
        facts: JSON.parse(told) as StepFacts,
        atMs: Date.now(),
      }),
    )
    bindEntry(key, threadNow().current)
  }, [path, place, key, told])
}

/** What the step that the page at `path` shows said of how much there was when it was saved; empty where it was not, or says so anew. */
export function useSavedCount(path: string): string {
  const thread = useThread()
  const step = stepOf(thread, thread.current)
  return step?.asSaved && partsOfPlace(step.place).path === path ? step.count : ''
}

/** Opens a step again as it was. */
export function useOpenStep(): (step: Step) => void {
  const navigate = useNavigate()
  return useCallback(
    (step) => goWithin(step.id, () => void navigate({ href: placeAsAsked(step) })),
    [navigate],
  )
}
