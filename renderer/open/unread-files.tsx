import { filesSaid } from '../state/file-said'
import { reportUnread, useUnreadFiles } from '../state/unread-files'
import { Button } from '../ui/button'
import { FileReports } from './file-reports'
import styles from './files-page.module.css'

/** What was wrong with files that could not be opened, above what was on screen, which stays. */
export function UnreadFiles({ onClosed }: { readonly onClosed: () => void }) {
  const reports = useUnreadFiles()
  if (reports.length === 0) return undefined
  const close = () => {
    reportUnread([])
    onClosed()
  }
  return (
    <section className={styles.unread} aria-label="Not opened" role="alert">
      <FileReports files={filesSaid(reports)} />
      <Button look="ghost" icon="close" label="Close" onClick={close} />
    </section>
  )
}
