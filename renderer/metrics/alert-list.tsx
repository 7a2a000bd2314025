import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import type { MetricRule } from '#shared/api/metrics'
import { formatShortMoment, type TimeZone } from '#shared/derive/clock-times'
import { countOf } from '#shared/derive/quantities'
import { fullName } from '#shared/metrics/series-names'
import { Icon } from '../ui/icon'
import { FollowAlert } from './follow-alert'
import styles from './overview.module.css'

interface Props {
  readonly rules: readonly MetricRule[]
  /** The name of the source that has them. */
  readonly of: string
  readonly zone: TimeZone
  /** A rule among all, by its group and name: its expression against its threshold. */
  readonly hrefOfRules: (rule: string) => string
}

/** A page of alerts says nothing more than its first ones. */
const mostShown = 20

/** Alerts that fire or are about to, the first to begin first, and how many rules are quiet or cannot be evaluated. */
export function AlertList({ rules, of, zone, hrefOfRules }: Props) {
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
        <span className="t3 small nowrap">{countOf(quiet, 'rule')} quiet</span>
        <Link to={hrefOfRules('')} className="small nowrap">
          All rules
        </Link>
      </div>
      <ul>
        {loud.slice(0, mostShown).map(({ rule, alert }) => (
          <li key={rule.group + fullName(alert.labels)} className={styles.alert}>
            <Icon
              name={alert.state === 'firing' ? 'error' : 'warn'}
              className={alert.state === 'firing' ? 'err' : 'wrn'}
            />
            <Link to={hrefOfRules(`${rule.group}/${rule.name}`)} className="m cut">
              {rule.name}
            </Link>
            <span className={`${styles.when} t3 small nowrap`}>
              <FollowAlert labels={alert.labels} query={rule.query} sinceMs={alert.sinceMs} nowMs={nowMs} />
              {alert.state === 'pending' && 'pending '}
              {alert.sinceMs !== undefined && `since ${formatShortMoment(alert.sinceMs, zone, nowMs)}`}
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
      {rules.length === 0 && <p className={styles.none}>{of} has no rules.</p>}
    </section>
  )
}

/** What is said of an alert, in one line. */
const More = ({ text }: { readonly text: string }) => (
  <span className={`${styles.alertMore} t3 small`} title={text}>
    {text}
  </span>
)
