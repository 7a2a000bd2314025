import { useEffect, useState } from 'react'
import { countOf, formatBytes } from '#shared/derive/quantities'
import { type RedactRule, usualRules } from '#shared/investigation/redact-rules'
import { nameOf, type Step } from '#shared/thread/thread'
import { useAppInfo } from '../state/app-info'
import { toApiError } from '../state/errors'
import { gather, type Gathered } from '../state/gather'
import type { StepQuestion } from '../state/gather-question'
import { usePreferences } from '../state/preferences'
import { redact, useFound } from '../state/redacting'
import { fileNameOf, manifestOf, packInvestigation } from '../state/saving'
import { useSources } from '../state/sources'
import { useThread } from '../state/thread'
import type { Ask } from '../state/trace-search'
import { Button } from '../ui/button'
import { Dialog } from '../ui/dialog'
import { ErrorNote } from '../ui/error-note'
import { ProgressBar } from '../ui/progress-bar'
import { saveFile } from '../ui/save-file'
import { say } from '../ui/status-message'
import styles from './investigation.module.css'
import { RedactChoice } from './redact-choice'

/** What is nobody's business is taken out unless a person says otherwise; addresses and hosts are often what it is about. */
const usuallyOn: ReadonlySet<string> = new Set(['tokens', 'emails', 'users', 'cards'])

interface Props {
  readonly onClose: () => void
  /** What a search asks each source. */
  readonly asksOf: (question: StepQuestion) => readonly Ask[]
}

/** Collects what the steps showed, says what that is, and writes it into one file. */
export function SaveDialog({ onClose, asksOf }: Props) {
  const thread = useThread()
  const sources = useSources().data
  const { facts: logFacts = {} } = usePreferences()
  const writtenBy = useAppInfo().data?.version ?? ''
  const [at, setAt] = useState<{ readonly index: number; readonly step: Step }>()
  const [gathered, setGathered] = useState<Gathered>()
  const [error, setError] = useState<unknown>()
  const [isWriting, setWriting] = useState(false)
  const [rules, setRules] = useState<readonly RedactRule[]>(usualRules)
  const [chosen, setChosen] = useState(usuallyOn)
  // What is saved is what there was when the dialog was opened.
  const [saved] = useState(thread)
  const found = useFound(saved, gathered, rules)

  useEffect(() => {
    if (!sources || gathered) return undefined
    const abort = new AbortController()
    const run = async () => {
      try {
        const all = await gather(saved, sources, {
          asksOf,
          signal: abort.signal,
          onStep: (index, step) => setAt({ index, step }),
        })
        setGathered(all)
      } catch (thrown) {
        if (!abort.signal.aborted) setError(thrown)
      }
    }
    void run()
    return () => abort.abort()
  }, [saved, sources, gathered, asksOf])

  const choose = (id: string, isOn: boolean): void =>
    setChosen((now) => new Set(isOn ? [...now, id] : [...now].filter((other) => other !== id)))

  const write = async (): Promise<void> => {
    if (!gathered || !sources) return
    setWriting(true)
    try {
      const manifest = manifestOf({ thread: saved, sources, logFacts, writtenBy }, gathered)
      const wanted = rules.filter(({ id }) => chosen.has(id))
      const left = await redact(manifest, gathered, wanted)
      const name = fileNameOf(left.manifest.thread, Date.now())
      saveFile(name, await packInvestigation(left.manifest, left.gathered))
      say(`Saved the investigation as ${name}.`)
      onClose()
    } catch (thrown) {
      setError(thrown)
      setWriting(false)
    }
  }

  const bytes = gathered?.files.reduce((sum, { content }) => sum + content.length, 0) ?? 0
  return (
    <Dialog
      title="Save investigation"
      onClose={onClose}
      widthPx={560}
      actions={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button look="primary" icon="save" isDisabled={!gathered || isWriting} onClick={() => void write()}>
            Save as file
          </Button>
        </>
      }
    >
      {error !== undefined && <ErrorNote error={toApiError(error)} />}
      {!gathered && error === undefined && (
        <ProgressBar
          label={
            at
              ? `Step ${at.index + 1} of ${saved.steps.length}: ${nameOf(at.step)}`
              : 'Collecting what the steps showed'
          }
        />
      )}
      {gathered && (
        <dl className={styles.holds}>
          <dt>Steps and notes</dt>
          <dd>{countOf(saved.steps.length, 'step')}</dd>
          <dt>Traces</dt>
          <dd>{countOf(gathered.holds.traces, 'trace')}</dd>
          <dt>Log lines</dt>
          <dd>{countOf(gathered.holds.lines, 'line')}</dd>
          <dt>Metric series</dt>
          <dd>{countOf(gathered.holds.series, 'series', 'series')}</dd>
          <dt>Before it is packed</dt>
          <dd>{formatBytes(bytes)}</dd>
        </dl>
      )}
      {gathered && (
        <RedactChoice
          rules={rules}
          found={found}
          chosen={chosen}
          onChoose={choose}
          onAdd={(rule) => {
            setRules((now) => [...now.filter(({ id }) => id !== rule.id), rule])
            choose(rule.id, true)
          }}
        />
      )}
      {gathered && gathered.notes.length > 0 && (
        <>
          <p className="b">Not in the file</p>
          <ul className={styles.missing}>
            {gathered.notes.map((note) => (
              <li key={note}>{note}</li>
            ))}
          </ul>
        </>
      )}
      <p className="t3 small">Opens anywhere with no server; every query in it runs against the file.</p>
    </Dialog>
  )
}
