import type { SpanDetail } from '#shared/trace/detail'
import { CopyButton } from '../ui/copy-button'
import { Icon } from '../ui/icon'
import { isException } from './event-list'
import { exceptionText } from './exception-note'
import styles from './detail.module.css'

interface Props {
  readonly failed: boolean
  readonly detail: SpanDetail
}

/** What a span says went wrong: its status message, or else that of its last exception; empty where it says nothing. */
export function messageOf(detail: SpanDetail): string {
  if (detail.statusMessage) return detail.statusMessage
  const exception = detail.events.findLast(isException)
  return exception ? exceptionText(exception.attributes, 'message') : ''
}

/** What went wrong, before anything else: the status message, and the exception that was recorded. */
export function SpanTrouble({ failed, detail }: Props) {
  const exception = detail.events.findLast(isException)
  const type = exception ? exceptionText(exception.attributes, 'type') : ''
  const said = messageOf(detail)
  if (!failed && said === '') return undefined
  return (
    <div className={failed ? styles.trouble : styles.message}>
      <Icon name={failed ? 'error' : 'note'} />
      <div className="grow">
        {type !== '' && (
          <p className={styles.type}>
            <b>{type}</b>
            <CopyButton what="exception type" text={type} />
          </p>
        )}
        <code>{said || (type === '' ? 'The span failed; it does not say why.' : '')}</code>
      </div>
      {said !== '' && <CopyButton what="message" text={said} />}
    </div>
  )
}
