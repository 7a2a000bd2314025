import type { ReactNode } from 'react'
import { Icon, type IconName } from '../ui/icon'
import styles from './story-strip.module.css'

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

const pictures: Readonly<Record<'notice' | 'read' | 'wait' | 'why' | 'cause', ReactNode>> = {
  notice: (
    <>
      <path d="M0 52H180" className={styles.threshold} />
      <path d="M2 58L30 57 58 59 86 57 100 50 116 14 134 12 152 15 178 13" className={styles.line} />
      <path d="M140 8l5 5-5 5-5-5z" className={styles.exemplar} />
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
        connection pool exhausted
      </text>
    </>
  ),
  cause: (
    <>
      <path d="M0 14H180" className={styles.threshold} />
      <path d="M2 66L60 62 84 50 104 16 178 16" className={styles.line} />
      <text x="0" y="9" className={styles.limit}>
        limit 20
      </text>
    </>
  ),
}

const frames: readonly {
  readonly picture: keyof typeof pictures
  readonly icon: IconName
  readonly signal: 'metric' | 'trace' | 'log'
  readonly title: string
  readonly text: string
}[] = [
  {
    picture: 'notice',
    icon: 'metrics',
    signal: 'metric',
    title: 'p99 passes 500 ms',
    text: 'of order-service',
  },
  {
    picture: 'read',
    icon: 'traces',
    signal: 'trace',
    title: 'one click: the request',
    text: 'and where its time went',
  },
  { picture: 'wait', icon: 'wait', signal: 'trace', title: 'the wait', text: 'waiting is not working' },
  {
    picture: 'why',
    icon: 'logs',
    signal: 'log',
    title: 'the line that says why',
    text: 'one key away from its span',
  },
  {
    picture: 'cause',
    icon: 'metrics',
    signal: 'metric',
    title: 'and the cause',
    text: 'a pool that is at its limit',
  },
]

/** What one does here, in five pictures; shown until there is something of one's own to show. */
export function StoryStrip() {
  return (
    <ol className={styles.story} aria-label="What Clew does">
      {frames.map(({ picture, icon, signal, title, text }) => (
        <li key={picture}>
          <svg viewBox="0 0 180 74" preserveAspectRatio="xMinYMid meet" aria-hidden="true">
            {pictures[picture]}
          </svg>
          <div className={styles.caption}>
            <Icon name={icon} size="s" className={`sig-${signal}`} />
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
