import { nameOf } from '#shared/thread/thread'
import { ErrorNote } from '../ui/error-note'
import { ProgressBar } from '../ui/progress-bar'
import { InTheFile } from './in-the-file'
import styles from './investigation.module.css'
import { RedactChoice } from './redact-choice'
import type { Save } from './use-save'

/** What goes into the file, what is taken out before, and what could not be had. */
export function SaveContents({ save }: { readonly save: Save }) {
  const { at, steps, gathered, error } = save
  return (
    <div className={styles.contents}>
      {error && <ErrorNote error={error} />}
      {!gathered && !error && (
        <ProgressBar
          label={
            at ? `Step ${at.index + 1} of ${steps}: ${nameOf(at.step)}` : 'Collecting what the steps showed'
          }
          // A bar that stands still says nothing of one that works.
          fraction={at && at.index > 0 ? at.index / steps : undefined}
        />
      )}
      {gathered && (
        <>
          <InTheFile
            counts={gathered.holds}
            saved={{ steps, bytes: gathered.files.reduce((sum, { content }) => sum + content.length, 0) }}
          />
          <RedactChoice
            rules={save.rules}
            found={save.found}
            chosen={save.chosen}
            onChoose={save.choose}
            onAdd={save.add}
          />
        </>
      )}
      {gathered && gathered.notes.length > 0 && (
        <section aria-label="Not in the file" className={styles.section}>
          <h3>Not in the file</h3>
          <ul className={styles.missing}>
            {gathered.notes.map((note) => (
              <li key={note}>{note}</li>
            ))}
          </ul>
        </section>
      )}
      <p className="t3 small">Opens anywhere with no server; every query in it runs against the file.</p>
    </div>
  )
}
