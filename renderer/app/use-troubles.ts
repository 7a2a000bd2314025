import { useEffect } from 'react'
import { toApiError } from '../state/errors'
import { useFileProblem } from '../state/files'
import { usePreferencesProblem } from '../state/preferences'
import { useRemovalProblem } from '../state/sources'
import { useThreadProblem } from '../state/thread'
import { say } from '../ui/status-message'

/** Says in the status line what went wrong behind the page: nothing on screen waits for it, but it must not pass in silence. */
export function useTroubles(): void {
  const preferences = usePreferencesProblem()
  useEffect(() => {
    if (preferences !== undefined)
      say(`Your settings could not be kept: ${toApiError(preferences).message}`, { tone: 'warn' })
  }, [preferences])

  const thread = useThreadProblem()
  useEffect(() => {
    if (thread !== undefined)
      say(`Your steps could not be kept: ${toApiError(thread).message}`, { tone: 'warn' })
  }, [thread])

  const file = useFileProblem()
  useEffect(() => {
    if (file !== undefined)
      say('This file is open, but there was no room to keep it for a reload of the page.', { tone: 'warn' })
  }, [file])

  const removal = useRemovalProblem()
  useEffect(() => {
    if (removal !== undefined)
      say(`The connection could not be removed: ${removal.message}`, { tone: 'warn' })
  }, [removal])
}
