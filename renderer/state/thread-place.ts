/** The place of a step, such that it shows what the step showed. */
import { longest, type Step } from '#shared/thread/thread'

/** Of every page that asks sources; in `p` a chart names its own, between its view and its query. */
const sourceParam = 'source'

/** View, language, source and query of a chart (metrics-location.ts). */
const panelText = /^([a-z]+)(\.logql)?:([^:]*):(.*)$/s

/** The path of a place, and what it says behind that. */
export function partsOfPlace(place: string): { readonly path: string; readonly query: string } {
  const [path, query = ''] = place.split(/\?(.*)/s, 2)
  return { path, query }
}

/** An id of a link; as it stands where that was cut or changed by hand. */
export function decoded(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}

/**
 * The place of a step, asked of one source instead of those it was asked of. `place` may name files, or none where any will do: the
 * source holds what they held. `keptLines` are those that kept lines and no metrics: a chart of one of them did not have to say in
 * which language it asks.
 */
export function placeIn(place: string, source: string, keptLines: ReadonlySet<string> = new Set()): string {
  const { path, query } = partsOfPlace(place)
  const params = new URLSearchParams(query)
  const panels = params.getAll('p')
  params.delete('file')
  params.delete(sourceParam)
  params.delete('p')
  for (const panel of panels) {
    const [, view = '', said = '', of = '', asked = ''] = panelText.exec(panel) ?? []
    const language = keptLines.has(decoded(of)) ? '.logql' : said
    if (view !== '') params.append('p', `${view}${language}:${encodeURIComponent(source)}:${asked}`)
  }
  // A trace that lies over a map is a place in itself.
  const overlaid = params.get('trace')
  if (overlaid !== null) params.set('trace', placeIn(`?${overlaid}`, source).slice(1))
  if (!params.has('p')) params.set(sourceParam, source)
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
  const { path, query } = partsOfPlace(place)
  const params = new URLSearchParams(query)
  if (!isMoving(params.get('from')) && !isMoving(params.get('to'))) return place
  params.set('from', String(Math.round(window.startMs)))
  params.set('to', String(Math.round(window.endMs)))
  params.delete('follow')
  params.delete('live')
  return `${path}?${params.toString()}`
}

/**
 * Where a step is seen again among what was opened, and never elsewhere. Of one that would be longer than is kept (with it the whole
 * thread would not be) the page of its source is left: what was asked stands with the step.
 */
export function placeAmong(step: Step, source: string, keptLines: ReadonlySet<string>): string {
  const place = placeIn(placeAsAsked(step), source, keptLines)
  return place.length > longest.place ? placeIn(partsOfPlace(place).path, source) : place
}
