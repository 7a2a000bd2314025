import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import { describeRange } from '#shared/derive/time-range'
import { usePreferences } from '../state/preferences'
import { searchLocation } from '../state/search-location'
import { Icon } from '../ui/icon'
import styles from './search-form.module.css'

const mostShown = 6

/** Searches run before; a click runs one again, with its time moved along where it was relative. */
export function RecentSearches() {
  const { recent, timeZone } = usePreferences()
  const [nowMs] = useState(() => Date.now())
  const all = recent
    .filter((item) => item.href.startsWith(`${searchLocation.path}?`))
    .map((item) => {
      const { range } = searchLocation.parse(new URLSearchParams(item.href.slice(item.href.indexOf('?'))))
      return { ...item, when: describeRange(range, timeZone, nowMs) }
    })
  // What reads the same is one entry, the latest.
  const seen = new Map<string, (typeof all)[number]>()
  for (const item of all) {
    const words = `${item.name} ${item.when}`
    if (!seen.has(words)) seen.set(words, item)
  }
  const searches = [...seen.values()].slice(0, mostShown)
  const isAmbiguous = (name: string): boolean => searches.filter((item) => item.name === name).length > 1
  if (searches.length === 0) return undefined
  return (
    <section className={styles.section} aria-label="Recent searches">
      <h3>Recent</h3>
      <ul>
        {searches.map((item) => (
          <li key={item.href}>
            <Link
              to={item.href}
              className={`row ${styles.recent}`}
              title={`${item.name}, ${item.when}, ${item.holds}`}
            >
              <Icon name="clock" size="s" />
              <span className="cut">
                {item.name}
                {isAmbiguous(item.name) && <span className="t3"> {item.when}</span>}
              </span>
            </Link>
          </li>
        ))}
      </ul>
    </section>
  )
}
