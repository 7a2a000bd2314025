/** How pages tell the thread what they show, and how steps are opened again. */
import { useLocation, useNavigate } from '@tanstack/react-router'
import { useCallback, useEffect } from 'react'
import { placeAsAsked } from './thread-place'
import { arrive, type Step, type StepFacts, stepOf } from '#shared/thread/thread'
import { changeThread, threadNow } from './thread'
import { bindEntry, entryOf, goWithin, stepOfEntry } from './thread-entries'

/**
 * Tells the thread what the page at `path` shows. A page where nothing is asked yet says undefined, and is no step; what is learned
 * later, such as how many lines there are, is told again and changes the step.
 */
export function useStep(path: string, facts: StepFacts | undefined): void {
  const place = useLocation({ select: ({ pathname, searchStr }) => pathname + searchStr })
  const key = useLocation({ select: entryOf })
  const told = JSON.stringify(facts)
  useEffect(() => {
    // A page that is being left may see the address of the next one.
    if (told === undefined || !(place === path || place.startsWith(`${path}?`))) return
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

/** Opens a step again as it was. */
export function useOpenStep(): (step: Step) => void {
  const navigate = useNavigate()
  return useCallback(
    (step) => goWithin(step.id, () => void navigate({ href: placeAsAsked(step) })),
    [navigate],
  )
}
