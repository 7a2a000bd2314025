import type { FlameArrangement } from '#shared/derive/flame'
import { Button } from '../ui/button'
import { ComboBox } from '../ui/combo-box'
import { SavePicture } from '../ui/save-picture-menu'
import { Segmented } from '../ui/segmented'
import styles from './flame.module.css'

interface Props {
  readonly arrangement: FlameArrangement
  /** Attribute keys to merge by. */
  readonly keys: readonly string[]
  readonly isLoading: boolean
  readonly problem: string | undefined
  /** What is drawn, in a few words. */
  readonly summary: string
  readonly isZoomed: boolean
  readonly onArrangement: (next: FlameArrangement) => void
  readonly onWhole: () => void
  /** The picture as it is in view; undefined while there is none. */
  readonly picture: (() => string) | undefined
}

const options = [
  { value: 'time', label: 'In order of time' },
  { value: 'merged', label: 'Merged' },
] as const

/** Stands for no attribute among the attributes. */
const operation = 'service and operation'

/** The line of controls over the flame graph: how it is laid out, and what it comes to. */
export function FlameTools(props: Props) {
  const { arrangement, keys, isLoading, problem, summary, isZoomed, onArrangement, onWhole, picture } = props
  return (
    <div className={styles.tools}>
      <Segmented
        label="Arrangement"
        value={arrangement.kind}
        options={options}
        onChange={(kind) => onArrangement(kind === 'time' ? { kind } : { kind, by: '' })}
      />
      {arrangement.kind === 'merged' && (
        <div className={styles.by}>
          <span className="t3" aria-hidden="true">
            by
          </span>
          <ComboBox
            label="Merge by"
            hideLabel
            value={arrangement.by === '' ? operation : arrangement.by}
            names={[operation, ...keys]}
            isLoading={isLoading}
            problem={problem}
            onChange={(name) => onArrangement({ kind: 'merged', by: name === operation ? '' : name.trim() })}
          />
        </div>
      )}
      <span className={`${styles.summary} cut t3`}>{summary}</span>
      {isZoomed && <Button onClick={onWhole}>Show all</Button>}
      {picture && <SavePicture label="Save flame graph" name="flame-graph" picture={picture} />}
    </div>
  )
}
