import type { MetricRule } from '#shared/api/metrics'
import { formatShortMoment, type TimeZone } from '#shared/derive/clock-times'
import { fullName } from '#shared/metrics/series-names'
import { Icon } from '../ui/icon'
import { FollowAlert } from './follow-alert'
import styles from './overview.module.css'
import { StateTag } from './rule-state'

interface Props {
  readonly rule: MetricRule
  readonly zone: TimeZone
  readonly nowMs: number
}

/** The alerts of one rule: for what, since when, and what is said of it. */
export function RuleAlerts({ rule, zone, nowMs }: Props) {
  return (
    <section aria-label={`Alerts of ${rule.name}`} className={styles.news}>
      <div className="panel-h">
        <h2 className="cut">{rule.name}</h2>
        <StateTag rule={rule} />
      </div>
      {rule.problem !== undefined && <q className={styles.none}>{rule.problem}</q>}
      <ul>
        {rule.alerts.map((alert) => {
          const { alertname: _, ...labels } = alert.labels
          const said = alert.annotations['summary'] ?? alert.annotations['description']
          return (
            <li key={fullName(alert.labels)} className={styles.alert}>
              <Icon
                name={alert.state === 'firing' ? 'error' : 'warn'}
                className={alert.state === 'firing' ? 'err' : 'wrn'}
              />
              <span className="m cut">
                {Object.keys(labels).length === 0 ? 'all of it' : fullName(labels)}
              </span>
              <span className={`${styles.when} t3 small nowrap`}>
                <FollowAlert labels={alert.labels} query={rule.query} sinceMs={alert.sinceMs} nowMs={nowMs} />
                {alert.state === 'pending' && 'pending '}
                {alert.sinceMs !== undefined && `since ${formatShortMoment(alert.sinceMs, zone, nowMs)}`}
              </span>
              {said !== undefined && <span className={`${styles.whole} t3 small`}>{said}</span>}
            </li>
          )
        })}
      </ul>
      {rule.kind === 'alerting' && rule.alerts.length === 0 && <p className={styles.none}>Nothing fires.</p>}
      {rule.kind === 'recording' && <p className={styles.none}>It records its expression under this name.</p>}
    </section>
  )
}
