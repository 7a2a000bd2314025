import { Fragment, useState } from 'react'
import { longest, rowsOf, type Thread } from '#shared/thread/thread'
import { changeThread } from '../state/thread'
import { Button } from '../ui/button'
import { TextArea } from '../ui/text-area'
import styles from './investigation.module.css'
import { StepLink } from './step-link'

/** The findings, one a line. */
const linesOf = (summary: string): readonly string[] =>
  summary
    .split('\n')
    .map((line) => line.trim().replace(/^[-*]\s+/, ''))
    .filter((line) => line !== '')

/** What is known so far, one finding per line; `step 4` in one leads to that step. */
export function WhatWeKnow({ thread }: { readonly thread: Thread }) {
  const lines = linesOf(thread.summary)
  const [isEditing, setEditing] = useState(lines.length === 0)
  if (isEditing)
    return (
      <div className={styles.known}>
        <TextArea
          label="What we know"
          rows={10}
          placeholder="One finding per line; “step 4” leads to it"
          value={thread.summary}
          most={longest.note}
          onChange={(summary) => changeThread((now) => ({ ...now, summary }))}
        />
        {lines.length > 0 && <Button onClick={() => setEditing(false)}>Done</Button>}
      </div>
    )
  return (
    <section className={styles.known} aria-label="What we know">
      <div className="row">
        <h2 className="grow">What we know</h2>
        <Button look="ghost" onClick={() => setEditing(true)}>
          Edit
        </Button>
      </div>
      <Findings thread={thread} />
    </section>
  )
}

/** What is known, as a list; nothing where nothing was said. */
export function Findings({ thread }: { readonly thread: Thread }) {
  const lines = linesOf(thread.summary)
  if (lines.length === 0) return undefined
  return (
    <ul className={styles.findings}>
      {lines.map((line, at) => (
        // oxlint-disable-next-line react/no-array-index-key -- two findings may read alike
        <li key={at}>
          <Finding text={line} thread={thread} />
        </li>
      ))}
    </ul>
  )
}

/** A finding with links to the steps it names, counted as they stand on the page and in the story. */
function Finding({ text, thread }: { readonly text: string; readonly thread: Thread }) {
  const rows = rowsOf(thread)
  return text.split(/(\bsteps? \d+)/i).map((part, at) => {
    const step = at % 2 === 0 ? undefined : rows[Number(part.split(' ')[1]) - 1]?.step
    return (
      // oxlint-disable-next-line react/no-array-index-key -- parts keep their places
      <Fragment key={at}>
        {step ? (
          <StepLink step={step} className="nowrap">
            {part}
          </StepLink>
        ) : (
          part
        )}
      </Fragment>
    )
  })
}
