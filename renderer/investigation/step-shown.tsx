import { useQuery } from '@tanstack/react-query'
import { useEffect, useRef, useState } from 'react'
import { createGate } from '#shared/base/gate'
import type { PictureSize } from '#shared/base/svg-picture'
import { nameOf, type Step } from '#shared/thread/thread'
import type { TimeZone } from '#shared/derive/clock-times'
import { toApiError } from '../state/errors'
import { questionOf } from '../state/gather-question'
import { pictureColors } from '../state/picture-palette'
import { filesOfPlace, sourceOfFiles } from '../state/files-source'
import { type Handing, useHanding } from '../state/opened-source'
import { useSources } from '../state/sources'
import { stepLines } from '../state/step-lines'
import { stepPicture } from '../state/step-picture'
import { partsOfPlace } from '../state/thread-place'
import { useThemeColors } from '../ui/theme-colors'
import styles from './step-shown.module.css'
import { StepLines } from './step-lines'

/** Pages of steps that have something to show. */
const shownPaths: ReadonlySet<string> = new Set(['/metrics', '/trace', '/logs'])
/** Steps further away than this are not asked for. */
const nearPx = 200
/** Whoever looks through a long thread does not send a server all its questions at once. */
const gate = createGate(2)
const keptMs = 1_800_000

/** As many lines as tell what a step found. */
const linesShown: Readonly<Record<PictureSize, number>> = { small: 3, whole: 12 }

interface Props {
  readonly step: Step
  readonly zone: TimeZone
  readonly size?: PictureSize
}

/** What a step showed: its chart, its trace, its most telling lines. It is asked for once the step comes into view. */
export function StepShown({ step, zone, size = 'small' }: Props) {
  const box = useRef<HTMLDivElement>(null)
  const [isNear, setNear] = useState(false)
  const sources = useSources().data
  const colors = useThemeColors(pictureColors)
  const { path, query } = partsOfPlace(step.place)
  const hasShown = shownPaths.has(path)
  useEffect(() => {
    if (!box.current) return undefined
    const observer = new IntersectionObserver(
      ([entry]) => {
        if (entry.isIntersecting) setNear(true)
      },
      { rootMargin: `${nearPx}px` },
    )
    observer.observe(box.current)
    return () => observer.disconnect()
  }, [])
  const files = filesOfPlace(new URLSearchParams(query))
  const { kind: handing } = useHanding(files)
  const isClosed =
    sources !== undefined && files.length > 0 && !sources.some(({ id }) => id === sourceOfFiles(files))
  const question = sources && !isClosed ? questionOf(step, sources) : undefined
  const { data, error } = useQuery({
    queryKey: [
      'step-shown',
      size,
      step.place,
      step.window,
      question?.sources.map(({ id }) => id),
      path === '/logs' ? '' : colors,
    ],
    enabled: isNear && hasShown && question !== undefined,
    staleTime: Infinity,
    gcTime: keptMs,
    queryFn: async ({ signal }) => {
      if (!question) return {}
      const leave = await gate.enter(signal)
      try {
        const svg = await stepPicture(question, { size, zone }, signal)
        return svg === undefined ? { lines: await stepLines(question, linesShown[size], signal) } : { svg }
      } finally {
        leave()
      }
    },
  })
  if (!hasShown) return undefined
  return (
    <div
      ref={box}
      className={`${styles.shown} ${styles[size]}`}
      data-waits={data === undefined && error === null ? '' : undefined}
    >
      {isClosed && <p className="t3 small">{whyClosed(handing)}</p>}
      {data?.svg !== undefined && (
        <img
          className={styles.picture}
          alt={`${nameOf(step)}, drawn`}
          src={`data:image/svg+xml;charset=utf-8,${encodeURIComponent(data.svg)}`}
        />
      )}
      {data?.lines && <StepLines lines={data.lines} zone={zone} />}
      {error && <p className="t3 small">{toApiError(error).message}</p>}
    </div>
  )
}

/** What its file would show. Nobody else is asked for it, whatever they are called. */
function whyClosed(handing: Handing['kind']): string {
  if (handing === 'reading') return 'Shown once the file has been read.'
  return handing === 'gone'
    ? 'The file it was asked of is not kept any more: open it again.'
    : 'The file it was asked of has not been read: go to this step, and it will be.'
}
