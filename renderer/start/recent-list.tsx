import { Link } from '@tanstack/react-router'
import { formatBytes } from '#shared/derive/quantities'
import { useChangePreferences, usePreferences } from '../state/preferences'
import { Button } from '../ui/button'
import { Icon } from '../ui/icon'
import { say } from '../ui/status-message'
import { openedAt } from './opened-at'
import styles from './start.module.css'

/** What was opened before; nothing while there is nothing. */
export function RecentList({ nowMs }: { readonly nowMs: number }) {
  const { recent, timeZone } = usePreferences()
  const change = useChangePreferences()
  if (recent.length === 0) return undefined
  const clear = () => {
    change(() => ({ recent: [] }))
    say('The recent list is empty.', { undo: () => change(() => ({ recent })) })
  }
  return (
    <section className={styles.recent} aria-labelledby="recent">
      <div className="row">
        <h2 id="recent">Recent</h2>
        <span className="grow" />
        <Button look="ghost" className={styles.clear} onClick={clear}>
          Clear list
        </Button>
      </div>
      <table className="tbl">
        <thead>
          <tr>
            <th>Name</th>
            <th>Kind</th>
            <th>Holds</th>
            <th className="num">Opened</th>
            <th className="num">Size</th>
          </tr>
        </thead>
        <tbody>
          {recent.map((item) => (
            <tr key={item.href}>
              <td className={styles.recentName}>
                <span className="row">
                  <Icon name={item.href.startsWith('/files') ? 'file' : 'traces'} size="s" className="t3" />
                  <Link to={item.href} className="m cut">
                    {item.name}
                  </Link>
                </span>
              </td>
              <td className="t2">{item.kind}</td>
              <td className="t2">{item.holds}</td>
              <td className="num t2">{openedAt(item.openedMs, nowMs, timeZone)}</td>
              <td className="num t2">{item.sizeBytes > 0 ? formatBytes(item.sizeBytes) : ''}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  )
}
