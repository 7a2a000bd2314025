import { emptyThread, longest, rowsOf, type Step, stepOf } from '#shared/thread/thread'
import { useLocation } from '@tanstack/react-router'
import { useState } from 'react'
import { usePanelSize, usePreferences } from '../state/preferences'
import { useHandOver, useOpenedSource } from '../state/opened-source'
import { useSavedIn } from '../state/open-investigation'
import { filesOfThread } from '../state/files-source'
import { partsOfPlace } from '../state/thread-place'
import { changeThread, threadNow, useThread, useThreadProblem } from '../state/thread'
import { ComingFiles } from '../sources/coming-files'
import { StepDialog } from '../thread/step-dialog'
import { Button } from '../ui/button'
import { EmptyState } from '../ui/empty-state'
import { Keys } from '../ui/key-caps'
import { Slot } from '../ui/slot'
import { Splitter } from '../ui/splitter'
import { say } from '../ui/status-message'
import { EarlierThreads } from './earlier-threads'
import { ExportMenu } from './export-menu'
import { InTheFile } from './in-the-file'
import { KeptNote } from './kept-note'
import { OpenedFile } from './opened-file'
import { Presentation } from './presentation'
import { SaveContents } from './save-contents'
import styles from './investigation.module.css'
import { StepList } from './step-list'
import { threadWords } from './thread-words'
import { type AsksOf, useSave } from './use-save'
import { WhatWeKnow } from './what-we-know'

const sidePx = 332

function startAnew(): void {
  const before = threadNow()
  changeThread(() => emptyThread(crypto.randomUUID()))
  say('A new thread begins with the next step.', { undo: () => changeThread(() => before) })
}

/** All that was looked at, as one story: every step with its query and note, and what is known so far. */
export function InvestigationPage({ asksOf }: { readonly asksOf: AsksOf }) {
  const thread = useThread()
  const problem = useThreadProblem()
  const search = useLocation({ select: ({ searchStr }) => searchStr })
  const named = new URLSearchParams(search).getAll('file')
  // Without files in the address, steps are asked of those they were opened from.
  const asked = named.length > 0 ? named : filesOfThread(thread)
  const saved = useSavedIn(asked)
  const files = saved && saved.kind !== 'other' ? asked : named
  const opened = useOpenedSource(files)
  const at = named.length === 0 ? stepOf(thread, thread.current) : undefined
  useHandOver(at ? partsOfPlace(at.place).query : '')
  const [isSaving, setSaving] = useState(false)
  const [isPresented, setPresented] = useState(false)
  const save = useSave(asksOf, isSaving)
  const { timeZone: zone } = usePreferences()
  const side = usePanelSize('investigation.side', sidePx)
  const [editing, setEditing] = useState<string>()
  const edited = editing === undefined ? undefined : stepOf(thread, editing)
  const edit = (step: Step): void => setEditing(step.id)
  const write = async (): Promise<void> => {
    if (await save.write()) setSaving(false)
  }
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
            maxLength={longest.name}
            spellCheck={false}
            onChange={(event) => changeThread((now) => ({ ...now, name: event.target.value }))}
          />
          <p className="t3 small cut">{threadWords(thread, zone)}</p>
        </div>
        <span className="grow" />
        <EarlierThreads />
        {thread.steps.length > 0 && (
          <>
            <ExportMenu />
            <Button size="lg" onClick={() => setPresented(true)}>
              Present
            </Button>
          </>
        )}
        <Button size="lg" icon="plus" isDisabled={thread.steps.length === 0} onClick={startAnew}>
          New thread
        </Button>
        <Button
          size="lg"
          look="primary"
          icon="save"
          isDisabled={thread.steps.length === 0 || (isSaving && !save.gathered) || save.isWriting}
          onClick={() => (isSaving ? void write() : setSaving(true))}
        >
          {isSaving ? 'Save as file' : 'Save as file…'}
        </Button>
      </header>
      <Slot name="status">
        <span>{problem === undefined ? 'Kept on this machine' : 'Not kept on this machine'}</span>
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
      <KeptNote />
      <OpenedFile files={files} saved={saved} />
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
        <aside className={`side ${styles.side}`} aria-label="Summary and file" style={{ width: side.sizePx }}>
          <h2 className="sr">Summary and file</h2>
          <WhatWeKnow key={thread.id} thread={thread} />
          {files.length > 0 && !isSaving && (
            <div className={styles.file}>
              {opened ? <InTheFile counts={opened.holds} /> : <ComingFiles files={files} />}
            </div>
          )}
          {isSaving && (
            <div className={styles.file}>
              <SaveContents save={save} />
            </div>
          )}
        </aside>
      </div>
      {isPresented && <Presentation thread={thread} zone={zone} onClose={() => setPresented(false)} />}
      {edited && <StepDialog step={edited} onClose={() => setEditing(undefined)} />}
    </>
  )
}
