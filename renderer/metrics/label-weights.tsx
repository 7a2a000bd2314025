import { mostNames } from '#shared/api/metrics'
import { formatCount } from '#shared/derive/quantities'
import type { LabelWeight } from '../state/cardinality'
import styles from './cardinality.module.css'

interface Props {
  readonly metric: string
  /** Series the metric has now. */
  readonly series: number
  readonly labels: readonly LabelWeight[]
}

const percent = (share: number): string => `${Math.round(share * 100)} %`

/** The labels of a metric: how many values, how they look, and how many series would be left without each. */
export function LabelWeights({ metric, series, labels }: Props) {
  return (
    <>
      {series === 0 && (
        <p className={styles.reason}>
          None of its series has a sample now: what a label costs cannot be counted (–).
        </p>
      )}
      <table className={`tbl ${styles.table}`} aria-label={`Labels of ${metric}`}>
        <thead>
          <tr>
            <th scope="col">Label</th>
            <th scope="col" className="num">
              Values
            </th>
            <th scope="col">Looks like</th>
            <th scope="col" className="num">
              Series without it
            </th>
            <th scope="col" className="num">
              Saved
            </th>
          </tr>
        </thead>
        <tbody>
          {labels.map(({ name, values, example, shape, without }) => (
            <tr key={name}>
              <td className="mono">{name}</td>
              <td className="num">
                {formatCount(values)}
                {values >= mostNames && ' or more'}
              </td>
              <td className={styles.example}>
                <span className={styles.shape}>
                  {shape && <span className="tag wrn">{shape}: no end to them</span>}
                  <span className="t3 small cut">{example.slice(0, 200)}</span>
                </span>
              </td>
              {name === 'le' ? (
                // Without its buckets a histogram is none.
                <td className="num t3" colSpan={2}>
                  its buckets
                </td>
              ) : (
                <>
                  <td className="num">{formatCount(without)}</td>
                  <td className={shape ? 'num wrn' : 'num'}>
                    {series > 0 ? percent(1 - without / series) : '–'}
                  </td>
                </>
              )}
            </tr>
          ))}
        </tbody>
      </table>
    </>
  )
}
