import type { ReactNode } from 'react'
import { Icon, type IconName } from '../ui/icon'
import styles from './story-strip.module.css'

/** Requests of an hour, by duration: most are quick, some are not. */
const quick = [4, 12, 19, 27, 36, 41, 50, 58, 66, 73, 81, 90, 97, 106, 113, 121, 130, 138, 145, 153, 160, 168]
const slow = [118, 126, 131, 139, 146, 151, 158, 165, 172]

const bars: readonly {
  readonly x: number
  readonly width: number
  readonly slot: number
  readonly thin: boolean
}[] = [
  { x: 2, width: 172, slot: 8, thin: true },
  { x: 6, width: 166, slot: 3, thin: true },
  { x: 10, width: 8, slot: 4, thin: false },
  { x: 14, width: 158, slot: 1, thin: true },
  { x: 18, width: 18, slot: 2, thin: false },
  { x: 38, width: 132, slot: 5, thin: true },
]

function Hatch({ id }: { readonly id: string }) {
  return (
    <defs>
      <pattern id={id} width="5" height="5" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
        <rect width="1.6" height="5" className={styles.wait} />
      </pattern>
    </defs>
  )
}

const pictures: Readonly<Record<'find' | 'read' | 'wait' | 'why', ReactNode>> = {
  find: (
    <>
      <path d="M0 52H180" className={styles.grid} />
      <path d="M0 16H180" className={styles.grid} />
      {quick.map((x, at) => (
        <circle key={x} cx={x} cy={50 + ((at * 7) % 11)} r="2.4" className={styles.dot} />
      ))}
      {slow.map((x, at) => (
        <path key={x} d={`M${x} ${11 + ((at * 5) % 8)}l3 3-3 3-3-3z`} className={styles.error} />
      ))}
    </>
  ),
  read: (
    <>
      <Hatch id="story-read" />
      {bars.map(({ x, width, slot, thin }, at) => (
        <rect
          key={x}
          x={x}
          y={at * 9 + (thin ? 7.25 : 6)}
          width={width}
          height={thin ? 2.5 : 5}
          rx="1"
          style={{ fill: `var(--svc-${slot})` }}
        />
      ))}
      <rect x="40.5" y="60.5" width="127" height="6" fill="url(#story-read)" className={styles.waitLine} />
      <path d="M40 70.5H168" className={styles.critical} />
    </>
  ),
  wait: (
    <>
      <Hatch id="story-wait" />
      <rect x="4" y="28" width="172" height="16" fill="url(#story-wait)" className={styles.waitLine} />
      <rect x="62" y="29" width="56" height="14" className={styles.surface} />
      <text x="90" y="40" textAnchor="middle" className={styles.figure}>
        4.50 s
      </text>
    </>
  ),
  why: (
    <>
      <path d="M10 12h120M10 24h92M10 50h136M10 62h70" className={styles.lines} />
      <rect y="30" width="3" height="14" className={styles.error} />
      <text x="10" y="41" className={styles.mono}>
        timed out after 4500 ms
      </text>
    </>
  ),
}

const frames: readonly {
  readonly picture: keyof typeof pictures
  readonly icon: IconName
  readonly title: string
  readonly text: string
}[] = [
  { picture: 'find', icon: 'search', title: 'find the slow one', text: 'over every server at once' },
  { picture: 'read', icon: 'traces', title: 'read where it went', text: 'along the critical path' },
  { picture: 'wait', icon: 'wait', title: 'see the wait', text: 'waiting is not working' },
  { picture: 'why', icon: 'span', title: 'and what the span says', text: 'attributes, events, exceptions' },
]

/** What one does here, in four pictures; shown until there is something of one's own to show. */
export function StoryStrip() {
  return (
    <ol className={styles.story} aria-label="What Clew does">
      {frames.map(({ picture, icon, title, text }) => (
        <li key={picture}>
          <svg viewBox="0 0 180 74" preserveAspectRatio="xMinYMid meet" aria-hidden="true">
            {pictures[picture]}
          </svg>
          <div className={styles.caption}>
            <Icon name={icon} size="s" className="sig-trace" />
            <div className={styles.words}>
              <span className="m cut">{title}</span>
              <span className="t3 small cut">{text}</span>
            </div>
            <i className={styles.thread} aria-hidden="true" />
          </div>
        </li>
      ))}
    </ol>
  )
}
