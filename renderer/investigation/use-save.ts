import { useQueryClient } from '@tanstack/react-query'
import { useEffect, useMemo, useState } from 'react'
import type { ApiError } from '#shared/api/contract'
import type { Found } from '#shared/investigation/redact'
import type { RedactRule } from '#shared/investigation/redact-rules'
import type { Step, Thread } from '#shared/thread/thread'
import { useAppInfo } from '../state/app-info'
import { toApiError } from '../state/errors'
import { fileSetsOf } from '../state/files-source'
import { gather, type Gathered } from '../state/gather'
import type { StepQuestion } from '../state/gather-question'
import { changeChosenRules, useChosenRules } from '../state/chosen-rules'
import { untilHanded } from '../state/opened-source'
import { redact, useFound } from '../state/redacting'
import { useSaidFacts } from '../state/said-facts'
import { fileNameOf, manifestOf, packInvestigation } from '../state/saving'
import { useSources } from '../state/sources'
import { threadNow, useThread } from '../state/thread'
import type { Ask } from '../state/trace-search'
import { saveFile } from '../ui/save-file'
import { say } from '../ui/status-message'

/** What a search asks each source. */
export type AsksOf = (question: StepQuestion) => readonly Ask[]

/** Saving the investigation: what was collected for it, what is taken out of that, and writing it. */
export interface Save {
  /** The step that is asked; undefined before the first one. */
  readonly at: { readonly index: number; readonly step: Step } | undefined
  /** How many steps are asked. */
  readonly steps: number
  /** Undefined until all steps were asked. */
  readonly gathered: Gathered | undefined
  readonly error: ApiError | undefined
  readonly rules: readonly RedactRule[]
  /** What each rule would take out; undefined while that is being found. */
  readonly found: readonly Found[] | undefined
  /** Ids of the rules that are on. */
  readonly chosen: ReadonlySet<string>
  readonly choose: (id: string, isOn: boolean) => void
  readonly add: (rule: RedactRule) => void
  readonly isWriting: boolean
  /** Whether the file was given. */
  readonly write: () => Promise<boolean>
}

/** The same for threads of the same steps. What a page that goes on in the background says of its step does not begin it anew. */
const keyOf = ({ id, steps }: Thread): string => [id, ...steps.map((step) => step.id)].join(' ')

/** The steps as they were asked, with what was said of them meanwhile. */
function asCollected(thread: Thread, { steps }: Thread): Thread {
  const said = new Map(thread.steps.map((step) => [step.id, step]))
  return {
    ...thread,
    steps: steps.map((step) => {
      const { name, note, isPinned } = said.get(step.id) ?? step
      return { ...step, name, note, isPinned }
    }),
  }
}

/** Collects what the steps showed once that is wanted, anew whenever there are other steps. */
export function useSave(asksOf: AsksOf, isWanted: boolean): Save {
  const client = useQueryClient()
  const thread = useThread()
  const key = keyOf(thread)
  const sources = useSources().data
  const said = useSaidFacts()
  const writtenBy = useAppInfo().data?.version ?? ''
  const [at, setAt] = useState<Save['at']>()
  const [collected, setCollected] = useState<{ key: string; thread: Thread; gathered: Gathered }>()
  const [failed, setFailed] = useState<{ key: string; error: ApiError }>()
  const [isWriting, setWriting] = useState(false)
  const { rules, chosen } = useChosenRules(thread.id)
  const current = collected?.key === key ? collected : undefined
  const wanted = useMemo(() => rules.filter(({ id }) => chosen.has(id)), [rules, chosen])
  const unwanted = useMemo(() => rules.filter(({ id }) => !chosen.has(id)), [rules, chosen])
  const found = useFound(current?.thread ?? thread, current?.gathered, wanted, unwanted)
  const isThere = current !== undefined

  useEffect(() => {
    if (!isWanted || !sources || isThere) return undefined
    const abort = new AbortController()
    const asked = threadNow()
    const run = async () => {
      try {
        for (const ids of fileSetsOf(asked)) {
          // oxlint-disable-next-line no-await-in-loop -- one set is handed over at a time
          await untilHanded(client, ids, abort.signal)
        }
        const gathered = await gather(asked, sources, {
          asksOf,
          client,
          said,
          signal: abort.signal,
          onStep: (index, step) => setAt({ index, step }),
        })
        setCollected({ key, thread: asked, gathered })
      } catch (thrown) {
        if (!abort.signal.aborted) setFailed({ key, error: toApiError(thrown) })
      }
    }
    void run()
    return () => abort.abort()
  }, [isWanted, key, sources, isThere, asksOf, said, client])

  const choose = (id: string, isOn: boolean): void =>
    changeChosenRules(thread.id, (now) => ({
      ...now,
      chosen: new Set(isOn ? [...now.chosen, id] : [...now.chosen].filter((other) => other !== id)),
    }))

  const write = async (): Promise<boolean> => {
    if (!current || !sources) return false
    setWriting(true)
    try {
      const saved = asCollected(thread, current.thread)
      const manifest = manifestOf({ thread: saved, sources, logFacts: said, writtenBy }, current.gathered)
      const left = await redact(manifest, current.gathered, wanted)
      const name = fileNameOf(left.manifest.thread, Date.now())
      saveFile(name, await packInvestigation(left.manifest, left.gathered))
      say(`Saved the investigation as ${name}.`)
      return true
    } catch (thrown) {
      setFailed({ key, error: toApiError(thrown) })
      return false
    } finally {
      setWriting(false)
    }
  }

  return {
    at,
    steps: thread.steps.length,
    gathered: current?.gathered,
    error: failed?.key === key ? failed.error : undefined,
    rules,
    found,
    chosen,
    choose,
    add: (rule) => {
      changeChosenRules(thread.id, (now) => ({
        ...now,
        rules: [...now.rules.filter(({ id }) => id !== rule.id), rule],
      }))
      choose(rule.id, true)
    },
    isWriting,
    write,
  }
}
