import { cutText } from '#shared/base/cut-text'
import { aroundPlace } from '#shared/correlate/trace-questions'
import type { SpanIndex, Trace } from '#shared/trace/table'
import { slotColor } from '../state/service-colors'
import { FollowService } from '../pivots/follow-service'
import { Button } from '../ui/button'
import { CopyButton } from '../ui/copy-button'
import type { FilterBy } from './attribute-list'
import { nameTerm, serviceTerm } from './find-terms'
import { isErrorRow, isMissingRow, siblingOf } from './span-facts'
import { kindName } from './span-tooltip'
import { placeOf } from './use-follow'
import styles from './detail.module.css'

interface Props {
  readonly trace: Trace
  readonly row: SpanIndex
  readonly slots: readonly number[]
  readonly onSelect: (row: SpanIndex) => void
  readonly onFilter: FilterBy
  readonly onClose: () => void
}

/** Service, kind, ways to the neighbours, name. */
export function DetailHead({ trace, row, slots, onSelect, onFilter, onClose }: Props) {
  const { spans, services, names } = trace
  const isMissing = isMissingRow(trace, row)
  const service = services[spans.service[row]]
  const name = names[spans.name[row]]
  const go = (to: SpanIndex) => ({ isDisabled: to < 0, onClick: () => onSelect(to) })
  const kind = kindName(spans.kind[row])
  return (
    <header className={styles.head}>
      <div className={styles.headLine}>
        {isMissing ? (
          <span className="t3">never arrived</span>
        ) : (
          <>
            <span className="sw" style={{ background: slotColor(slots[spans.service[row]] ?? 1) }} />
            <span className="t2 cut">{service}</span>
            <FollowService service={service} {...aroundPlace(placeOf(trace, row))} />
            <span className="t3">{kind}</span>
            {isErrorRow(trace, row) && <span className="tag err">error</span>}
          </>
        )}
        <span className="grow" />
        <Button look="ghost" icon="outdent" label="Parent span" {...go(spans.parent[row])} />
        <Button
          look="ghost"
          icon="indent"
          label="First child span"
          {...go(spans.childCount[row] > 0 ? row + 1 : -1)}
        />
        <Button look="ghost" icon="up" label="Previous sibling span" {...go(siblingOf(trace, row, -1))} />
        <Button look="ghost" icon="down" label="Next sibling span" {...go(siblingOf(trace, row, 1))} />
        <Button look="ghost" icon="close" label="Close details" onClick={onClose} className={styles.close} />
      </div>
      <div className={styles.titleLine}>
        <h2 title={isMissing ? undefined : cutText(name, 500)}>
          {isMissing ? 'Missing span' : name || 'no name'}
        </h2>
        {!isMissing && (
          <span className={styles.titleActions}>
            <Button
              look="ghost"
              icon="filter"
              label={`Filter by ${cutText(nameTerm(name), 60)} of ${cutText(service, 60)}`}
              onClick={() => {
                onFilter(serviceTerm(service), false)
                onFilter(nameTerm(name), false)
              }}
            />
            <CopyButton what="span name" text={name} />
          </span>
        )}
      </div>
    </header>
  )
}
