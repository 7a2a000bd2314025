import { allSlots, slotColor } from '../state/service-colors'
import styles from './waterfall.module.css'

/** The hatching of waiting bars, one pattern per colour; bars refer to it by `wait-` and the slot. */
export function WaitPatterns() {
  return (
    <svg width="0" height="0" className={styles.patterns} aria-hidden="true">
      <defs>
        {allSlots.map((slot) => (
          <pattern
            key={slot}
            id={`wait-${slot}`}
            width="5"
            height="5"
            patternUnits="userSpaceOnUse"
            patternTransform="rotate(45)"
          >
            <rect width="1.5" height="5" style={{ fill: slotColor(slot) }} />
          </pattern>
        ))}
      </defs>
    </svg>
  )
}
