import { type CSSProperties, lazy, Suspense, useEffect, useRef, useState } from 'react'
import { nameOf, type Step, stepOf, trailOf } from '#shared/thread/thread'
import { setSaving, useIsSaving } from '../state/saving'
import { useThread } from '../state/thread'
import { useOpenStep } from '../state/thread-step'
import { StepDialog } from '../thread/step-dialog'
import { iconOfSignal, toneOfSignal } from '../thread/step-icon'
import { StepMenu } from '../thread/step-menu'
import { Button } from '../ui/button'
import { Icon } from '../ui/icon'
import { useKeys } from '../ui/keys'
import styles from './frame.module.css'
import { searchAsks } from './search-asks'
import { useHistoryEnds } from './use-history-ends'

/** Seldom needed, and then there is time to fetch it. */
const SaveDialog = lazy(async () => ({ default: (await import('../investigation/save-dialog')).SaveDialog }))

/** Back and forward, and the thread: every step on the way to where one is, and, dashed, those one came back from. */
export function Trail() {
  const thread = useThread()
  const open = useOpenStep()
  const { canGoBack, canGoForward } = useHistoryEnds()
  const [menu, setMenu] = useState<{ readonly step: Step; readonly x: number; readonly y: number }>()
  const [editing, setEditing] = useState<string>()
  const isSaving = useIsSaving()
  const list = useRef<HTMLOListElement>(null)
  const trail = trailOf(thread)
  const at = trail.findIndex(({ step }) => step.id === thread.current)
  const found = trail.at(at)?.step.count
  const edited = editing === undefined ? undefined : stepOf(thread, editing)

  useEffect(() => {
    list.current
      ?.querySelector('[aria-current]')
      ?.scrollIntoView({ block: 'nearest', inline: 'nearest', behavior: 'instant' })
    // oxlint-disable-next-line react/exhaustive-effect-dependencies -- what is drawn follows from these
  }, [thread.current, trail.length, found])

  const walkBy = (by: 1 | -1): void => {
    const next = trail.at(at + by)
    if (at + by >= 0 && next) open(next.step)
  }
  const editCurrent = (): void => {
    if (thread.current !== '') setEditing(thread.current)
  }
  useKeys({
    scope: 'Anywhere',
    bindings: [
      { keys: '{', title: 'The step before', run: () => walkBy(-1) },
      { keys: '}', title: 'The next step', run: () => walkBy(1) },
      { keys: 'Shift+N', title: 'Note on this step', run: editCurrent },
      {
        keys: 'Mod+S',
        title: 'Save the investigation',
        whileTyping: true,
        run: () => setSaving(thread.steps.length > 0),
      },
    ],
  })

  return (
    <nav className="trail" aria-label="Thread">
      <div className={styles.history}>
        <Button
          look="ghost"
          icon="back"
          label="Back"
          isDisabled={!canGoBack}
          onClick={() => window.history.back()}
        />
        <Button
          look="ghost"
          icon="fwd"
          label="Forward"
          isDisabled={!canGoForward}
          onClick={() => window.history.forward()}
        />
      </div>
      {trail.length === 0 ? (
        <span className="t3 small grow cut">What you look at is kept here, step by step.</span>
      ) : (
        <ol ref={list}>
          {trail.map(({ step, isAhead }, index) => (
            <li
              key={step.id}
              className={isAhead ? 'step ahead' : 'step'}
              style={{ '--found': `${step.count.length}ch` } as CSSProperties}
              aria-current={index === at ? 'step' : undefined}
            >
              <a
                href={step.place}
                title={[nameOf(step), step.query, step.note].filter((text) => text !== '').join('\n')}
                onClick={(event) => {
                  if (event.ctrlKey || event.metaKey || event.shiftKey) return
                  event.preventDefault()
                  open(step)
                }}
                onContextMenu={(event) => {
                  event.preventDefault()
                  const box = event.currentTarget.getBoundingClientRect()
                  setMenu({ step, x: box.left, y: box.bottom })
                }}
              >
                <Icon name={iconOfSignal[step.signal]} size="s" className={toneOfSignal[step.signal]} />
                <span className="cut">{nameOf(step)}</span>
                {step.count !== '' && <span className="v">{step.count}</span>}
                {step.isPinned && (
                  <>
                    <Icon name="pin" size="x" className="nt" />
                    <span className="sr">, pinned</span>
                  </>
                )}
                {step.note !== '' && (
                  <>
                    <Icon name="note" size="x" className="nt" />
                    <span className="sr">, has a note</span>
                  </>
                )}
                {isAhead && <span className="sr">, ahead</span>}
              </a>
            </li>
          ))}
        </ol>
      )}
      <Button look="ghost" icon="note" isDisabled={thread.current === ''} onClick={editCurrent}>
        Note
      </Button>
      <Button look="ghost" icon="save" isDisabled={trail.length === 0} onClick={() => setSaving(true)}>
        Save thread
      </Button>
      {menu && (
        <StepMenu
          step={menu.step}
          at={menu}
          onEdit={() => setEditing(menu.step.id)}
          onClose={() => setMenu(undefined)}
        />
      )}
      {isSaving && (
        <Suspense>
          <SaveDialog asksOf={searchAsks} onClose={() => setSaving(false)} />
        </Suspense>
      )}
      {edited && <StepDialog step={edited} onClose={() => setEditing(undefined)} />}
    </nav>
  )
}
