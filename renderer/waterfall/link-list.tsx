import type { SpanLink } from '#shared/trace/detail'
import { Button } from '../ui/button'
import { CopyButton } from '../ui/copy-button'
import { AttributeList } from './attribute-list'
import styles from './detail.module.css'

interface Props {
  readonly links: readonly SpanLink[]
  readonly traceId: string
  /** Name of a span of this trace; undefined where it is not in it. */
  readonly nameOf: (spanId: string) => string | undefined
  readonly onOpen: (link: SpanLink) => void
}

/** Other spans this one points at: in this trace they are selected, in another that trace is opened. */
export function LinkList({ links, traceId, nameOf, onOpen }: Props) {
  return (
    <ul className={styles.links}>
      {links.map((link, index) => {
        const isHere = link.traceId === traceId
        const name = isHere ? nameOf(link.spanId) : undefined
        return (
          // A span may link to the same span twice.
          // oxlint-disable-next-line react/no-array-index-key
          <li key={index}>
            <div className="row">
              <Button
                look="ghost"
                icon={isHere ? 'span' : 'traces'}
                className={styles.link}
                isDisabled={isHere && name === undefined}
                onClick={() => onOpen(link)}
              >
                <span className="cut">
                  {isHere
                    ? (name ?? `span ${link.spanId}, not in this trace`)
                    : `Trace ${short(link.traceId)}`}
                </span>
              </Button>
              <span className="grow" />
              <CopyButton what="linked ids" text={`${link.traceId} ${link.spanId}`} />
            </div>
            {link.attributes.length > 0 && <AttributeList attributes={link.attributes} />}
          </li>
        )
      })}
    </ul>
  )
}

/** A trace id where room is short: its ends. */
export const short = (id: string): string => (id.length > 16 ? `${id.slice(0, 8)}…${id.slice(-4)}` : id)
