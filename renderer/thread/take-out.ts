import { changeBetween } from '#shared/thread/change'
import { nameOf, removeStep, type Step } from '#shared/thread/thread'
import { changeThread, threadNow } from '../state/thread'
import { say } from '../ui/status-message'

/** Takes a step out of the thread, with a way back. */
export function takeOut(step: Step): void {
  const before = threadNow()
  changeThread((thread) => removeStep(thread, step.id))
  if (changeBetween(before, threadNow()) === undefined) return
  say(`Took “${nameOf(step)}” out of the thread.`, { undo: () => changeThread(() => before) })
}
