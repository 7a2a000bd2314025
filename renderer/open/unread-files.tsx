import { nameList } from '#shared/base/name-list'
import { reportUnread, useLookedInto, useUnreadFiles } from '../state/unread-files'
import { Button } from '../ui/button'
import { ProgressBar } from '../ui/progress-bar'
import { FileReports } from './file-reports'
import styles from './files-page.module.css'

/** Above what is on screen, which stays: that files are being looked into, or what was wrong with those that could not be opened. */
export function UnreadFiles({ onClosed }: { readonly onClosed: () => void }) {
  const reports = useUnreadFiles()
  const looked = useLookedInto()
  if (looked)
    return (
      <section className={styles.looked} aria-label="Being opened">
        <ProgressBar
          key={looked.names.join('\n')}
          label={`Reading ${nameList(looked.names)}`}
          fraction={looked.fraction}
          onCancel={() => {
            looked.stop()
            onClosed()
          }}
        />
      </section>
    )
  if (reports.length === 0) return undefined
  const close = () => {
    reportUnread([])
    onClosed()
  }
  return (
    <section className={styles.unread} aria-label="Not opened" role="alert">
      <FileReports files={reports} />
      <Button look="ghost" icon="close" label="Close" onClick={close} />
    </section>
  )
}
