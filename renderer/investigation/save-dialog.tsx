import { useEffect, useState } from 'react'
import { countOf, formatBytes } from '#shared/derive/quantities'
import { nameOf, type Step } from '#shared/thread/thread'
import { useAppInfo } from '../state/app-info'
import { toApiError } from '../state/errors'
import { gather, type Gathered } from '../state/gather'
import type { StepQuestion } from '../state/gather-question'
import { usePreferences } from '../state/preferences'
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

interface Props {
  readonly onClose: () => void
  /** What a search asks each source. */
  readonly asksOf: (question: StepQuestion) => readonly Ask[]
}

/** Collects what the steps showed, says what that is, and writes it into one file. */
export function SaveDialog({ onClose, asksOf }: Props) {
  const thread = useThread()
  const sources = useSources().data
  const { logFacts = {} } = usePreferences()
  const writtenBy = useAppInfo().data?.version ?? ''
  const [at, setAt] = useState<{ readonly index: number; readonly step: Step }>()
  const [gathered, setGathered] = useState<Gathered>()
  const [error, setError] = useState<unknown>()
  const [isWriting, setWriting] = useState(false)
  // What is saved is what there was when the dialog was opened.
  const [saved] = useState(thread)

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

  const write = async (): Promise<void> => {
    if (!gathered || !sources) return
    setWriting(true)
    try {
      const manifest = manifestOf({ thread: saved, sources, logFacts, writtenBy }, gathered)
      const name = fileNameOf(saved, Date.now())
      saveFile(name, await packInvestigation(manifest, gathered))
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
