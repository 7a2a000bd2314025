/** The place of a step, such that it shows what the step showed. */
import type { Step } from '#shared/thread/thread'

/** Of every page that asks sources; in `p` a chart names its own, between its view and its query. */
const sourceParam = 'source'

/**
 * The place of a step, asked of one source instead of those it was asked of. `place` may name files, or none where any will do: the
 * source holds what they held.
 */
export function placeIn(place: string, source: string): string {
  const [path, query = ''] = place.split(/\?(.*)/s, 2)
  const params = new URLSearchParams(query)
  const panels = params.getAll('p')
  params.delete('file')
  params.delete(sourceParam)
  params.delete('p')
  for (const panel of panels) {
    const [, view = '', asked = ''] = /^([a-z]+(?:\.logql)?):[^:]*:(.*)$/s.exec(panel) ?? []
    if (view !== '') params.append('p', `${view}:${encodeURIComponent(source)}:${asked}`)
  }
  if (panels.length === 0) params.set(sourceParam, source)
  return `${path}?${params.toString()}`
}

/** A point of time that moves: nothing said, or said from now. */
const isMoving = (point: string | null): boolean => point === null || point.startsWith('now')

/**
 * Where to go to see a step again. A range that moves on with the clock ("the last hour") is replaced by the window that was asked; a
 * page that follows what is new would move on too.
 */
export function placeAsAsked({ place, window }: Pick<Step, 'place' | 'window'>): string {
  if (!window) return place
  const [path, query = ''] = place.split(/\?(.*)/s, 2)
  const params = new URLSearchParams(query)
  if (!isMoving(params.get('from')) && !isMoving(params.get('to'))) return place
  params.set('from', String(Math.round(window.startMs)))
  params.set('to', String(Math.round(window.endMs)))
  params.delete('follow')
  params.delete('live')
  return `${path}?${params.toString()}`
}
