import { Link } from '@tanstack/react-router'
import type { Saturation } from '#shared/correlate/service-saturation'
import { usedQuery } from '#shared/metrics/saturation'
import type { ServiceSaturation } from '../state/service-saturation'

interface Props {
  readonly saturation: ServiceSaturation
  readonly service: string
  /** "Now", as the other figures of the table have it. */
  readonly range: string
  readonly hrefOf: (query: string) => string
}

/** What of a service is fullest, leading to its chart; where nothing tells, why. */
export function SaturationCell({ saturation, service, range, hrefOf }: Props) {
  if (saturation.of === undefined)
    return <span className="t3">{saturation.error ? 'could not be asked' : '…'}</span>
  const all = saturation.of(service)
  const fullest = all.find(({ isIdle }) => !isIdle)
  if (fullest === undefined) {
    const reason =
      all.length > 0
        ? `Next to nothing is used: ${all.map(({ text }) => text).join(', ')}.`
        : saturation.isMeasured
          ? 'No metric of a pool, queue, runtime or container both names this service and says how much there is.'
          : 'This source has no metrics of pools, queues, runtimes or containers.'
    return (
      <span className="t3" title={reason}>
        – <span className="sr">{reason}</span>
      </span>
    )
  }
  return (
    <Link
      to={hrefOf(queryOf(fullest, range))}
      className={fullest.isTight ? 'wrn cut' : 't2 cut'}
      title={all.map(({ text }) => text).join('\n')}
    >
      {fullest.text}
    </Link>
  )
}

const queryOf = ({ resource, labels, limit }: Saturation, range: string): string => {
  const used = usedQuery(resource, labels, range)
  return limit === undefined ? used : `${used} > ${limit}`
}
