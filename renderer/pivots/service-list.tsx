import { FollowService } from './follow-service'
import styles from './service-list.module.css'

/** More do not fit beside one another. */
const mostNamed = 4

interface Props {
  readonly label: string
  readonly services: readonly string[]
  readonly window: { readonly startMs: number; readonly endMs: number }
  readonly colorOf: (service: string) => string
}

/** The services of what is selected, beside one another, each with where it leads at that time. */
export function ServiceList({ label, services, window, colorOf }: Props) {
  return (
    <ul className={styles.services} aria-label={label}>
      {services.slice(0, mostNamed).map((name) => (
        <li key={name} className={styles.service}>
          <i className="sw" style={{ background: colorOf(name) }} />
          <span className="cut">{name}</span>
          <FollowService service={name} {...window} />
        </li>
      ))}
      {services.length > mostNamed && <li className="t3 small">+{services.length - mostNamed}</li>}
    </ul>
  )
}
