/**
 * What was written of steps and neither kept nor cancelled, by the step's id: it stands in its dialog when that is opened again, also
 * after a reload.
 */
import { longest, type Step } from '#shared/thread/thread'
import { tabStorage } from '../state/browser-storage'

/** What a person says of a step. */
export type StepWords = Pick<Step, 'name' | 'note' | 'isPinned'>

const keyOf = (id: string): string => `step draft ${id}`

export function stepDraft(id: string): StepWords | undefined {
  const text = tabStorage.get(keyOf(id))
  if (text === undefined) return undefined
  const { name, note, isPinned } = JSON.parse(text) as Record<string, unknown>
  if (typeof name !== 'string' || typeof note !== 'string') return undefined
  return { name: name.slice(0, longest.name), note: note.slice(0, longest.note), isPinned: isPinned === true }
}

export const setStepDraft = (id: string, words: StepWords): void =>
  tabStorage.set(keyOf(id), JSON.stringify(words))

export const dropStepDraft = (id: string): void => tabStorage.remove(keyOf(id))

/** Whether a draft says something else than the step. */
export const isChanged = (draft: StepWords, step: StepWords): boolean =>
  draft.name.trim() !== step.name || draft.note.trim() !== step.note || draft.isPinned !== step.isPinned
