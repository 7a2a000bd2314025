import type { ProbeReport, Source } from '#shared/api/contract'
import { kindNames } from '../state/connections-location'
import { healthOf, useProbes } from '../state/sources'
import { HealthMark } from '../ui/health-mark'
import styles from './connections.module.css'
import { productOf, seenOf } from './probe-view'

interface Props {
  readonly sources: readonly Source[]
  readonly openId: string
  readonly onOpen: (id: string) => void
}

/** What a connection said of itself, or why it said nothing. */
function AnswerCell({ report }: { readonly report: ProbeReport | undefined }) {
  if (!report) return <span className="t3">being asked…</span>
  if (report.error) return <span className="err">{report.error.message}</span>
  return <>{productOf(report)}</>
}

/** The connections, one row each. */
export function ConnectionTable({ sources, openId, onOpen }: Props) {
  const reports = useProbes(sources.map((source) => source.id))
  return (
    <table className={`tbl ${styles.table}`}>
      <thead>
        <tr>
          <th>Name</th>
          <th>Kind</th>
          <th>Address</th>
          <th>Answers</th>
          <th className="num">Seen</th>
          <th>Lasts</th>
        </tr>
      </thead>
      <tbody>
        {sources.map((source, at) => (
          // The name is the button; a click anywhere in the row is a convenience of the pointer.
          // oxlint-disable-next-line jsx-a11y/click-events-have-key-events, jsx-a11y/no-noninteractive-element-interactions
          <tr key={source.id} aria-selected={source.id === openId} onClick={() => onOpen(source.id)}>
            <td>
              <span className="row">
                <HealthMark health={healthOf(reports[at])} />
                <button
                  type="button"
                  className={`cut ${styles.name}`}
                  aria-current={source.id === openId || undefined}
                >
                  {source.name}
                </button>
              </span>
            </td>
            <td className="t2">{kindNames[source.kind]}</td>
            <td className="mono t2">{source.url}</td>
            <td className="t2" title={reports[at]?.error?.message}>
              <AnswerCell report={reports[at]} />
            </td>
            <td className="num t2">{reports[at] ? seenOf(reports[at]) : ''}</td>
            <td className="t2">{source.lasts === 'run' ? 'this run' : 'kept'}</td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}
