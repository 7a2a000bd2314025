import type { BoxIndex } from '#shared/derive/flame'
import { boxName, errorsOf, type FlameScene } from '#shared/derive/flame-names'
import { PointerTip } from '../ui/pointer-tip'
import styles from '../ui/pointer-tip.module.css'
import { boxFacts } from './flame-words'

interface Props {
  readonly scene: FlameScene
  readonly box: BoxIndex
  readonly color: string
  /** Of the pointer, in the window. */
  readonly xPx: number
  readonly yPx: number
}

/** What the box under the pointer is, in full. */
export function FlameTip({ scene, box, color, xPx, yPx }: Props) {
  const { service, name } = boxName(scene, box)
  return (
    <PointerTip xPx={xPx} yPx={yPx}>
      <p className={styles.name}>{name}</p>
      <p className="row t2">
        <span className="sw" style={{ background: color }} />
        {service !== '' && <span className="cut">{service}</span>}
        {errorsOf(scene, box) > 0 && <span className="err">error</span>}
      </p>
      <dl className={styles.times}>
        {boxFacts(scene, box).map(({ term, text }) => (
          <div key={term} className={styles.fact}>
            <dt>{term}</dt>
            <dd>{text}</dd>
          </div>
        ))}
      </dl>
    </PointerTip>
  )
}
