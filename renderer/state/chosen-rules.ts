import { useSyncExternalStore } from 'react'
import { Held } from '#shared/base/held'
import { type RedactRule, usualRules } from '#shared/investigation/redact-rules'

/** What is taken out of a thread before it is saved. */
export interface ChosenRules {
  readonly rules: readonly RedactRule[]
  /** Ids of the rules that are on. */
  readonly chosen: ReadonlySet<string>
}

/** What is nobody's business is taken out unless a person says otherwise; addresses and hosts are often what it is about. */
const usual: ChosenRules = {
  rules: usualRules,
  chosen: new Set(['tokens', 'emails', 'users', 'cards']),
}

/** By the thread's id. Kept only while the page lives: what nobody else should see is written nowhere. */
const choices = new Held<ReadonlyMap<string, ChosenRules>>(new Map())

/** What was chosen of a thread, also when it was saved before: who saves again after one more step need not say it twice. */
export function useChosenRules(thread: string): ChosenRules {
  return useSyncExternalStore(choices.subscribe, choices.get).get(thread) ?? usual
}

export function changeChosenRules(thread: string, change: (now: ChosenRules) => ChosenRules): void {
  const all = choices.get()
  choices.set(new Map([...all, [thread, change(all.get(thread) ?? usual)]]))
}
