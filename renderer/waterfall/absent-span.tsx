import { Button } from '../ui/button'
import { Icon } from '../ui/icon'
import styles from './absent-span.module.css'

interface Props {
  readonly spanId: string
  readonly onDismiss: () => void
}

/** The link named a span that this trace does not have: said quietly, for the trace itself is whole. */
export function AbsentSpan({ spanId, onDismiss }: Props) {
  return (
    <div className={styles.strip} role="status">
      <Icon name="note" size="s" className="t3" />
      <span className="cut grow">
        The span <code title={spanId}>{spanId}</code> is not in this trace.
      </span>
      <Button look="ghost" icon="close" label="Dismiss" onClick={onDismiss} />
    </div>
  )
}
