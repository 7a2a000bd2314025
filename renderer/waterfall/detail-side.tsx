import type { ReactNode } from 'react'
import { usePanelSize } from '../state/preferences'
import { Splitter } from '../ui/splitter'
import { useMedia } from './use-media'
import styles from './workspace.module.css'

/** The place of the details: beside the rows, or below them where there is no room beside. Its size is kept. */
export function DetailSide({
  isNarrow,
  children,
}: {
  readonly isNarrow: boolean
  readonly children: ReactNode
}) {
  const isWide = useMedia('(min-width: 1800px)')
  const isSmall = useMedia('(max-width: 1360px)')
  const width = usePanelSize('trace.detail', isWide ? 456 : isSmall ? 352 : 392)
  const height = usePanelSize('trace.detail-height', 300)
  return (
    <>
      <Splitter
        label="Size of the details"
        between={isNarrow ? 'row' : 'column'}
        panel="after"
        sizePx={isNarrow ? height.sizePx : width.sizePx}
        minPx={isNarrow ? 120 : 280}
        maxPx={isNarrow ? 600 : 900}
        onChange={isNarrow ? height.set : width.set}
        onReset={isNarrow ? height.reset : width.reset}
      />
      {/* Arrows scroll what is in here; they are not for the rows. */}
      {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions */}
      <aside
        className={`side ${styles.detail}`}
        style={isNarrow ? { height: height.sizePx } : { width: width.sizePx }}
        aria-label="Span details"
        onKeyDown={(event) => {
          if (event.key.startsWith('Arrow')) event.stopPropagation()
        }}
      >
        {children}
      </aside>
    </>
  )
}
