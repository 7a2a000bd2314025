import type { MetricRule } from '#shared/api/metrics'
import { durationText } from '#shared/base/duration-text'
import { formatShortMoment, type TimeZone } from '#shared/derive/clock-times'
import { StateTag } from './rule-state'
import styles from './overview.module.css'

interface Props {
  readonly rules: readonly MetricRule[]
  readonly selected: MetricRule
  readonly zone: TimeZone
  readonly nowMs: number
  readonly onSelect: (rule: MetricRule) => void
}

/** Since when the first of its alerts is there. */
function sinceOf({ alerts }: MetricRule): number | undefined {
  const times = alerts.map(({ sinceMs }) => sinceMs).filter((time) => time !== undefined)
  return times.length === 0 ? undefined : Math.min(...times)
}

/** Rules, one a row: how each stands and since when, its expression, and how long that must hold. */
export function RuleTable({ rules, selected, zone, nowMs, onSelect }: Props) {
  return (
    <table className={`tbl ${styles.rules}`} aria-label="Rules">
      <thead>
        <tr>
          <th scope="col">Rule</th>
          <th scope="col">State</th>
          <th scope="col">Since</th>
          <th scope="col" className="num">
            Must hold
          </th>
          <th scope="col">Group</th>
          <th scope="col">Expression</th>
        </tr>
      </thead>
      <tbody>
        {rules.map((rule) => {
          const since = sinceOf(rule)
          return (
            <tr
              key={`${rule.group} ${rule.name} ${rule.query}`}
              aria-current={rule === selected || undefined}
            >
              {/* oxlint-disable-next-line jsx-a11y/control-has-associated-label -- the button in it has one */}
              <td>
                <button type="button" className={styles.service} onClick={() => onSelect(rule)}>
                  <span className="cut">{rule.name}</span>
                </button>
              </td>
              <td>
                <StateTag rule={rule} />
              </td>
              <td className="t2">{since !== undefined && formatShortMoment(since, zone, nowMs)}</td>
              <td className="num t2">{rule.holdSeconds > 0 && durationText(rule.holdSeconds * 1e9)}</td>
              <td className="t2">{rule.group}</td>
              <td className="mono" title={rule.query}>
                {rule.query}
              </td>
            </tr>
          )
        })}
      </tbody>
    </table>
  )
}
