import { countOf } from '#shared/derive/quantities'
import type { Trace } from '#shared/trace/table'
import { useAttributeKeys } from '../state/span-table'
import type { GroupBy, TableLocation } from '../state/table-location'
import { Button } from '../ui/button'
import { ComboBox } from '../ui/combo-box'
import { Field } from '../ui/field'
import { Segmented } from '../ui/segmented'
import styles from './span-table.module.css'

interface Props {
  readonly session: string
  readonly trace: Trace
  readonly view: TableLocation
  readonly onView: (change: Partial<TableLocation>) => void
  /** How much there is, in words; empty while it is not known. */
  readonly amount: string
  /** Undefined while there is nothing to export. */
  readonly onExport: (() => void) | undefined
}

const kinds: readonly { readonly value: GroupBy['kind']; readonly label: string }[] = [
  { value: 'operation', label: 'Operation' },
  { value: 'service', label: 'Service' },
  { value: 'attribute', label: 'Attribute' },
]

/** What the table is grouped by, which groups are wanted, and the way out to a file. */
export function TableTools({ session, trace, view, onView, amount, onExport }: Props) {
  const { by } = view
  const isByAttribute = by.kind === 'attribute'
  const { keys, isLoading, error } = useAttributeKeys(session, trace, isByAttribute)
  const spansOf = new Map(keys.map(({ key, spanCount }) => [key, spanCount]))
  return (
    <div className={styles.tools}>
      <span className="t3 small nowrap" aria-hidden="true">
        Group by
      </span>
      <Segmented
        label="Group by"
        value={by.kind}
        options={kinds}
        onChange={(kind) =>
          onView({ by: kind === 'attribute' ? { kind, key: '' } : { kind }, open: [], filter: '' })
        }
      />
      {by.kind === 'attribute' && (
        <div className={styles.key}>
          <ComboBox
            label="Attribute"
            hideLabel
            placeholder="Choose an attribute"
            value={by.key}
            names={keys.map(({ key }) => key)}
            isLoading={isLoading}
            problem={error?.message}
            noteOf={(key) => countOf(spansOf.get(key) ?? 0, 'span')}
            onChange={(key) => onView({ by: { kind: 'attribute', key }, open: [], filter: '' })}
          />
        </div>
      )}
      <Field
        label="Filter groups"
        hideLabel
        icon="filter"
        placeholder="Filter groups"
        clearable
        className={styles.filter}
        value={view.filter}
        onChange={(filter) => onView({ filter })}
      />
      <span role="status" className={`t3 small nowrap ${styles.count}`}>
        {amount}
      </span>
      <span className={styles.space} />
      <Button icon="save" isDisabled={onExport === undefined} onClick={onExport}>
        Export CSV
      </Button>
    </div>
  )
}
