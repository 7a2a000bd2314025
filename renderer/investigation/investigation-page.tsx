import { emptyThread, rowsOf, type Step, stepOf } from '#shared/thread/thread'
import { useState } from 'react'
import { usePanelSize, usePreferences } from '../state/preferences'
import { setSaving } from '../state/saving'
import { changeThread, threadNow, useThread } from '../state/thread'
import { StepDialog } from '../thread/step-dialog'
import { Button } from '../ui/button'
import { EmptyState } from '../ui/empty-state'
import { Keys } from '../ui/key-caps'
import { Slot } from '../ui/slot'
import { Splitter } from '../ui/splitter'
import { say } from '../ui/status-message'
import { TextArea } from '../ui/text-area'
import { BrokenParts } from './broken-parts'
import { EarlierThreads } from './earlier-threads'
import { ExportMenu } from './export-menu'
import styles from './investigation.module.css'
import { StepList } from './step-list'
import { threadWords } from './thread-words'

const sidePx = 332

function startAnew(): void {
  const before = threadNow()
  changeThread(() => emptyThread(crypto.randomUUID()))
  say('A new thread begins with the next step.', { undo: () => changeThread(() => before) })
}

/** All that was looked at, as one story: every step with its query and note, and what is known so far. */
export function InvestigationPage() {
  const thread = useThread()
  const { timeZone: zone } = usePreferences()
  const side = usePanelSize('investigation.side', sidePx)
  const [editing, setEditing] = useState<string>()
  const edited = editing === undefined ? undefined : stepOf(thread, editing)
  const edit = (step: Step): void => setEditing(step.id)
  return (
    <>
      <header className={styles.head}>
        <div className={styles.names}>
          <h1 className="sr">Investigation</h1>
          <input
            className={styles.name}
            aria-label="Name of the investigation"
            placeholder="Name this investigation"
            value={thread.name}
            spellCheck={false}
            onChange={(event) => changeThread((now) => ({ ...now, name: event.target.value }))}
          />
          <p className="t3 small cut">{threadWords(thread, zone)}</p>
        </div>
        <span className="grow" />
        <EarlierThreads />
        {thread.steps.length > 0 && <ExportMenu />}
        <Button size="lg" icon="plus" isDisabled={thread.steps.length === 0} onClick={startAnew}>
          New thread
        </Button>
        <Button
          size="lg"
          look="primary"
          icon="save"
          isDisabled={thread.steps.length === 0}
          onClick={() => setSaving(true)}
        >
          Save as file
        </Button>
      </header>
      <Slot name="status">
        <span>Kept on this machine</span>
        <span className="opt">
          <Keys keys="Enter" /> go there
        </span>
        <span className="opt">
          <Keys keys="N" /> note
        </span>
        <span className="opt">
          <Keys keys="Mod+S" /> save
        </span>
      </Slot>
      <BrokenParts />
      <div className="cols">
        <section className={styles.steps} aria-label="Steps">
          {thread.steps.length === 0 ? (
            <EmptyState title="Nothing was looked at yet.">
              Every chart, search, trace and list of lines you open becomes a step here, in the order you
              went.
            </EmptyState>
          ) : (
            <StepList rows={rowsOf(thread)} current={thread.current} zone={zone} onEdit={edit} />
          )}
        </section>
        <Splitter
          label="Width of the summary"
          sizePx={side.sizePx}
          minPx={240}
          maxPx={560}
          panel="after"
          onChange={side.set}
          onReset={side.reset}
        />
        <aside className={`side ${styles.side}`} aria-label="Summary" style={{ width: side.sizePx }}>
          <div className={styles.known}>
            <TextArea
              label="What we know"
              rows={10}
              placeholder="One finding per line"
              value={thread.summary}
              onChange={(summary) => changeThread((now) => ({ ...now, summary }))}
            />
          </div>
        </aside>
      </div>
      {edited && <StepDialog step={edited} onClose={() => setEditing(undefined)} />}
    </>
  )
}
