import { useState } from 'react'
import { Dialog as AriaDialog, Heading, Modal, ModalOverlay } from 'react-aria-components'
import { formatTime, type TimeZone } from '#shared/derive/clock-times'
import { nameOf, rowsOf, type Step, type Thread } from '#shared/thread/thread'
import { iconOfSignal, toneOfSignal } from '../thread/step-icon'
import { Button } from '../ui/button'
import { Icon } from '../ui/icon'
import { Keys } from '../ui/key-caps'
import { useKeys } from '../ui/keys'
import styles from './presentation.module.css'
import { StepLink } from './step-link'
import { StepShown } from './step-shown'
import { threadWords } from './thread-words'
import { Findings } from './what-we-know'

interface Props {
  /** Has at least one step. */
  readonly thread: Thread
  readonly zone: TimeZone
  readonly onClose: () => void
}

/** The story for a room: what is known, then one step after the other, each over the whole window. Escape ends it. */
export function Presentation({ thread, zone, onClose }: Props) {
  const steps = rowsOf(thread).map(({ step }) => step)
  const [at, setAt] = useState(0)
  const count = steps.length + 1
  const step = at === 0 ? undefined : steps.at(at - 1)
  const go = (to: number): void => setAt(Math.min(count - 1, Math.max(0, to)))
  useKeys({
    scope: 'Presentation',
    bindings: [
      { keys: ['ArrowRight', 'PageDown'], title: 'Next slide', whileTyping: true, run: () => go(at + 1) },
      { keys: ['ArrowLeft', 'PageUp'], title: 'Slide before', whileTyping: true, run: () => go(at - 1) },
      { keys: 'Home', title: 'First slide', whileTyping: true, run: () => go(0) },
      { keys: 'End', title: 'Last slide', whileTyping: true, run: () => go(count - 1) },
    ],
  })
  return (
    <ModalOverlay isOpen className={styles.overlay} onOpenChange={(isOpen) => !isOpen && onClose()}>
      <Modal className={styles.modal}>
        <AriaDialog className={styles.dialog} aria-label="Presentation">
          <div className={styles.slide} aria-live="polite">
            {step ? (
              <StepSlide key={step.id} step={step} zone={zone} />
            ) : (
              <Title thread={thread} zone={zone} />
            )}
          </div>
          <footer className={styles.foot}>
            <Button
              size="lg"
              icon="back"
              label="Slide before"
              isDisabled={at === 0}
              onClick={() => go(at - 1)}
            />
            <Button
              size="lg"
              icon="fwd"
              label="Next slide"
              isDisabled={at === count - 1}
              onClick={() => go(at + 1)}
            />
            <span className="num t3">
              {at + 1} of {count}
            </span>
            <span className="grow" />
            <span className="t3">
              <Keys keys="ArrowLeft" /> <Keys keys="ArrowRight" /> slides
            </span>
            <Button size="lg" onClick={onClose}>
              End <Keys keys="Escape" />
            </Button>
          </footer>
        </AriaDialog>
      </Modal>
    </ModalOverlay>
  )
}

function Title({ thread, zone }: { readonly thread: Thread; readonly zone: TimeZone }) {
  return (
    <>
      <Heading slot="title" level={2} className={styles.title}>
        {thread.name === '' ? 'Investigation' : thread.name}
      </Heading>
      <p className={styles.meta}>{threadWords(thread, zone)}</p>
      <div className={styles.known}>
        <Findings thread={thread} />
      </div>
    </>
  )
}

function StepSlide({ step, zone }: { readonly step: Step; readonly zone: TimeZone }) {
  return (
    <>
      <div className={styles.name}>
        <span className={toneOfSignal[step.signal]}>
          <Icon name={iconOfSignal[step.signal]} />
        </span>
        <Heading slot="title" level={2} className={styles.title}>
          <StepLink step={step} className={styles.link}>
            {nameOf(step)}
          </StepLink>{' '}
          <span className={`nowrap ${styles.count}`}>{step.count}</span>
        </Heading>
      </div>
      <p className={styles.meta}>{[...step.sources, formatTime(step.atMs, zone)].join(', ')}</p>
      {step.query !== '' && <p className={`mono ${styles.query}`}>{step.query}</p>}
      {step.note !== '' && <p className={styles.note}>{step.note}</p>}
      <StepShown step={step} zone={zone} size="whole" />
    </>
  )
}
