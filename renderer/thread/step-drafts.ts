/** What was written of steps and neither kept nor cancelled, by the step's id: it stands in its dialog when that is opened again. */
import type { Step } from '#shared/thread/thread'

/** What a person says of a step. */
export type StepWords = Pick<Step, 'name' | 'note' | 'isPinned'>

export const stepDrafts = new Map<string, StepWords>()

/** Whether a draft says something else than the step. */
export const isChanged = (draft: StepWords, step: StepWords): boolean =>
  draft.name.trim() !== step.name || draft.note.trim() !== step.note || draft.isPinned !== step.isPinned
