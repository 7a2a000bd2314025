/** The part of the URL that says which files are open, and how the list of their traces is seen. */
import type { TraceRegion, TraceSort } from '#shared/trace/summary'
import { savedSetOf } from '../state/files-source'
import type { LocationCodec } from '../state/location'
import { formatRegion, formatSort, parseRegion, parseSort } from '../state/search-location'

export interface FilesLocation {
  /** Ids of opened files or groups of them (renderer/state/files.ts). */
  readonly files: readonly string[]
  /** Which of the lists in a saved investigation, where that is what the files are. */
  readonly set: number | undefined
  readonly sort: TraceSort
  readonly region: TraceRegion | undefined
  /** What is listed, where the files hold both. */
  readonly show: 'traces' | 'lines'
}

export const filesLocation: LocationCodec<FilesLocation> = {
  path: '/files',
  parse: (params) => ({
    files: params.getAll('file'),
    set: savedSetOf(params),
    sort: parseSort(params.get('sort')),
    region: parseRegion(params.get('region')),
    show: params.get('show') === 'lines' ? 'lines' : 'traces',
  }),
  format: (state) => {
    const params = new URLSearchParams(state.files.map((id) => ['file', id]))
    if (state.set !== undefined) params.set('set', String(state.set))
    const sort = formatSort(state.sort)
    const region = formatRegion(state.region)
    if (sort !== undefined) params.set('sort', sort)
    if (region !== undefined) params.set('region', region)
    if (state.show === 'lines') params.set('show', 'lines')
    return params
  },
}
