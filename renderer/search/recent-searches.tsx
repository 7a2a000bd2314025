import { Link } from '@tanstack/react-router'
import { usePreferences } from '../state/preferences'
import { searchLocation } from '../state/search-location'
import { Icon } from '../ui/icon'
import styles from './search-form.module.css'

const mostShown = 6

/** Searches run before; a click runs one again, with its time moved along where it was relative. */
export function RecentSearches() {
  const { recent } = usePreferences()
  const searches = recent
    .filter((item) => item.href.startsWith(`${searchLocation.path}?`))
    .slice(0, mostShown)
  if (searches.length === 0) return undefined
  return (
    <section className={styles.section} aria-label="Recent searches">
      <h3>Recent</h3>
      <ul>
        {searches.map((item) => (
          <li key={item.href}>
            <Link to={item.href} className={`row ${styles.recent}`} title={`${item.name}, ${item.holds}`}>
              <Icon name="clock" size="s" />
              <span className="cut">{item.name}</span>
            </Link>
          </li>
        ))}
      </ul>
    </section>
  )
}
