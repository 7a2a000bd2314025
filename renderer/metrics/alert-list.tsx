import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import type { MetricLabels, MetricRule } from '#shared/api/metrics'
import { formatShortTime, type TimeZone } from '#shared/derive/clock-times'
import { countOf } from '#shared/derive/quantities'
import { subjectOfAlert } from '#shared/correlate/trace-questions'
import { fullName } from '#shared/metrics/series-names'
import { FollowService } from '../pivots/follow-service'
import { Icon } from '../ui/icon'
import styles from './overview.module.css'

interface Props {
  readonly rules: readonly MetricRule[]
  readonly zone: TimeZone
  /** The expression of a rule as a chart. */
  readonly hrefOf: (query: string) => string
}

/** A page of alerts says nothing more than its first ones. */
const mostShown = 20

/** Alerts that fire or are about to, the first to begin first, and how many rules are quiet or cannot be evaluated. */
export function AlertList({ rules, zone, hrefOf }: Props) {
  // Alerts are asked for as they are now, whatever window is looked at.
  const [nowMs] = useState(() => Date.now())
  const alerting = rules.filter(({ kind }) => kind === 'alerting')
  const loud = alerting
    .flatMap((rule) =>
      rule.alerts
        .filter(({ state }) => state === 'firing' || state === 'pending')
        .map((alert) => ({ rule, alert })),
    )
    .toSorted((one, other) => (one.alert.sinceMs ?? 0) - (other.alert.sinceMs ?? 0))
  const quiet = alerting.filter(({ state }) => state === 'inactive').length
  const broken = rules.filter(({ problem }) => problem !== undefined)
  return (
    <section aria-label="Alerts" className={styles.news}>
      <div className="panel-h">
        <h2>Firing</h2>
        <span className={loud.length > 0 ? 'tag err' : 'tag'}>
          {loud.filter(({ alert }) => alert.state === 'firing').length}
        </span>
        <span className="grow" />
        <span className="t3 small">{countOf(quiet, 'rule')} quiet</span>
      </div>
      <ul>
        {loud.slice(0, mostShown).map(({ rule, alert }) => (
          <li key={rule.group + fullName(alert.labels)} className={styles.alert}>
            <Icon
              name={alert.state === 'firing' ? 'error' : 'warn'}
              className={alert.state === 'firing' ? 'err' : 'wrn'}
            />
            <Link to={hrefOf(rule.query)} className="m cut">
              {rule.name}
            </Link>
            <span className={`${styles.when} t3 small nowrap`}>
              <FollowAlert labels={alert.labels} sinceMs={alert.sinceMs} nowMs={nowMs} />
              {alert.state === 'pending' && 'pending '}
              {alert.sinceMs !== undefined && `since ${formatShortTime(alert.sinceMs, zone)}`}
            </span>
            <More text={alert.annotations['summary'] ?? alert.annotations['description'] ?? rule.query} />
          </li>
        ))}
        {loud.length > mostShown && <li className={styles.rest}>and {loud.length - mostShown} more</li>}
        {broken.map(({ group, name, problem }) => (
          <li key={`${group} ${name} broken`} className={styles.alert}>
            <Icon name="warn" className="wrn" />
            <span className="m cut">{name} cannot be evaluated</span>
            <span />
            <More text={`“${problem}”`} />
          </li>
        ))}
      </ul>
      {rules.length === 0 && <p className={styles.none}>The server has no rules.</p>}
    </section>
  )
}

/** What is said of an alert, in one line. */
const More = ({ text }: { readonly text: string }) => (
  <span className={`${styles.alertMore} t3 small`} title={text}>
    {text}
  </span>
)

/** Where an alert leads, if it names its service. */
function FollowAlert({
  labels,
  sinceMs,
  nowMs,
}: {
  readonly labels: MetricLabels
  readonly sinceMs: number | undefined
  readonly nowMs: number
}) {
  const subject = subjectOfAlert(labels, sinceMs ?? nowMs, nowMs)
  return subject && <FollowService {...subject} />
}
