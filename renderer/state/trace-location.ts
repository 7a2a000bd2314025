/** The part of the URL that says which trace is open and how it is seen. */
import type { LostTrace } from '#shared/correlate/trace-ladder'
import type { TraceReading } from '#shared/correlate/trace-reading'
import type { FlameArrangement } from '#shared/derive/flame'
import { allOpen, type Folding, maxToggled } from '#shared/derive/folding'
import { formatReduction, parseReduction, type Reduction } from '#shared/derive/reduction'
import { hrefOf, type LocationCodec } from './location'
import { formatTable, parseTable, type TableLocation } from './table-location'

export type { Folding }

/** More than these would make the link too long to be copied. */
const maxReductions = 50

export interface TraceLocation {
  /** Ids of the sources to ask; each becomes one input, and their answers are merged. */
  readonly sources: readonly string[]
  /** Ids of opened files or groups of them (renderer/state/files.ts). */
  readonly files: readonly string[]
  /** Normalised to 32 hex digits; empty means the first trace of the files. */
  readonly traceId: string
  /** A hint for the servers: when the trace was. Milliseconds since 1970. */
  readonly startMs: number | undefined
  readonly endMs: number | undefined
  /** What led here said of the trace, for where it is not found. */
  readonly told: ToldTrace | undefined
  /** From where in a log line its id was read, likewise. */
  readonly read: TraceReading | undefined
  /** Selected span id; empty for none. */
  readonly span: string
  /** Visible time, nanoseconds from the trace's epoch; undefined for the whole. */
  readonly zoom: { readonly from: number; readonly to: number } | undefined
  readonly find: string
  readonly matchesOnly: boolean
  readonly folding: Folding
  /** Show times as recorded, without moving spans whose clock differs. */
  readonly rawClock: boolean
  /** Draw the critical path. */
  readonly criticalPath: boolean
  /** Show repeated siblings as one row; undefined as the reader likes it (Preferences.repeatsFolded). */
  readonly repeats: boolean | undefined
  readonly view: TraceViewName
  /** Key of the attribute that spans are coloured by; empty for services. */
  readonly color: string
  /** How the flame graph is laid out. */
  readonly flame: FlameArrangement
  /** What of a merged flame graph is in view, as shares of its width from 0 to 1; undefined for the whole. */
  readonly flameZoom: { readonly from: number; readonly to: number } | undefined
  /** What is taken out of view, in the order it was done. */
  readonly reductions: readonly Reduction[]
  readonly table: TableLocation
}

/** What is known of a trace before it is read: whose it is, how long it took, whether it failed. */
export type ToldTrace = Omit<LostTrace, 'atMs'>

/** The ways of looking at one trace. */
export type TraceViewName = 'waterfall' | 'flame' | 'table'

const finite = (text: string | null): number | undefined => {
  if (text === null || text === '') return undefined
  const value = Number(text)
  return Number.isFinite(value) ? value : undefined
}

function parseFolding(text: string | null): Folding {
  if (!text) return allOpen
  const [base, ...toggled] = text.split('.')
  const depth = Number(base)
  return {
    base:
      base === 'closed' || base === 'all'
        ? base
        : base !== '' && Number.isInteger(depth) && depth >= 0
          ? depth
          : 'open',
    toggled: toggled.filter((id) => /^\*?[0-9a-f]{16}$/.test(id)).slice(-maxToggled),
  }
}

function parseZoom(text: string | null): TraceLocation['zoom'] {
  const [from, to] = (text ?? '').split('-').map((part) => finite(part))
  return from !== undefined && to !== undefined && from < to ? { from, to } : undefined
}

function parseTold(params: URLSearchParams): ToldTrace | undefined {
  const service = params.get('of') ?? ''
  return service === ''
    ? undefined
    : { service, tookNs: finite(params.get('took')), failed: params.get('failed') === '1' }
}

function parseReading(params: URLSearchParams): TraceReading | undefined {
  const where = params.get('read') ?? ''
  if (where === '') return undefined
  const others = params.getAll('other').flatMap((text) => {
    const [, id, place] = /^([0-9a-f]{32}) (.+)$/.exec(text) ?? []
    return id === undefined ? [] : [{ id, where: place }]
  })
  return { where, others }
}

function parseView(text: string | null): TraceViewName {
  return text === 'flame' || text === 'table' ? text : 'waterfall'
}

/** `merged`, or `by.` and an attribute key. */
function parseFlame(text: string | null): FlameArrangement {
  if (text === 'merged') return { kind: 'merged', by: '' }
  return text?.startsWith('by.') && text.length > 3 ? { kind: 'merged', by: text.slice(3) } : { kind: 'time' }
}

/** Fine enough to reach a millionth of the width. */
const shareDigits = 8

/** Whether the view of a trace has the trace's time on its axis. */
export const hasTimeAxis = ({ view, flame }: TraceLocation): boolean =>
  view === 'waterfall' || (view === 'flame' && flame.kind === 'time')

/** A trace id as people write it, in the one spelling that everything else compares; anything else stays as it is, to be refused by name. */
function normalTraceId(text: string): string {
  const id = text.trim().toLowerCase()
  return /^[0-9a-f]{1,32}$/.test(id) ? id.padStart(32, '0') : id
}

export const traceLocation: LocationCodec<TraceLocation> = {
  path: '/trace',
  parse: (params) => ({
    sources: [...new Set(params.getAll('source'))],
    files: params.getAll('file'),
    traceId: normalTraceId(params.get('id') ?? ''),
    startMs: finite(params.get('start')),
    endMs: finite(params.get('end')),
    told: parseTold(params),
    read: parseReading(params),
    span: params.get('span') ?? '',
    zoom: parseZoom(params.get('zoom')),
    find: params.get('find') ?? '',
    matchesOnly: params.get('only') === '1',
    folding: parseFolding(params.get('fold')),
    rawClock: params.get('clock') === 'raw',
    criticalPath: params.get('path') !== 'off',
    repeats: { on: true, off: false }[params.get('repeats') ?? ''],
    view: parseView(params.get('view')),
    color: params.get('color') ?? '',
    flame: parseFlame(params.get('flame')),
    flameZoom: parseZoom(params.get('part')),
    reductions: params
      .getAll('cut')
      .map(parseReduction)
      .filter((one) => one !== undefined)
      .slice(-maxReductions),
    table: parseTable(params),
  }),
  format: (state) => {
    const params = new URLSearchParams()
    for (const source of state.sources) params.append('source', source)
    for (const file of state.files) params.append('file', file)
    if (state.traceId !== '') params.set('id', state.traceId)
    if (state.startMs !== undefined) params.set('start', String(Math.floor(state.startMs)))
    if (state.endMs !== undefined) params.set('end', String(Math.ceil(state.endMs)))
    if (state.told) {
      params.set('of', state.told.service)
      if (state.told.tookNs !== undefined) params.set('took', String(Math.round(state.told.tookNs)))
      if (state.told.failed) params.set('failed', '1')
    }
    if (state.read) {
      params.set('read', state.read.where)
      for (const { id, where } of state.read.others) params.append('other', `${id} ${where}`)
    }
    if (state.span !== '') params.set('span', state.span)
    if (state.zoom) params.set('zoom', `${Math.round(state.zoom.from)}-${Math.round(state.zoom.to)}`)
    if (state.find !== '') params.set('find', state.find)
    if (state.matchesOnly) params.set('only', '1')
    if (state.folding.base !== 'open' || state.folding.toggled.length > 0)
      params.set('fold', [state.folding.base, ...state.folding.toggled].join('.'))
    if (state.rawClock) params.set('clock', 'raw')
    if (!state.criticalPath) params.set('path', 'off')
    if (state.repeats !== undefined) params.set('repeats', state.repeats ? 'on' : 'off')
    if (state.view !== 'waterfall') params.set('view', state.view)
    if (state.color !== '') params.set('color', state.color)
    if (state.flame.kind === 'merged')
      params.set('flame', state.flame.by === '' ? 'merged' : `by.${state.flame.by}`)
    if (state.flameZoom)
      params.set(
        'part',
        `${state.flameZoom.from.toFixed(shareDigits)}-${state.flameZoom.to.toFixed(shareDigits)}`,
      )
    for (const reduction of state.reductions) params.append('cut', formatReduction(reduction))
    formatTable(state.table, params)
    return params
  },
}

/** The link to a trace. */
export function hrefOfTrace(target: Partial<TraceLocation>): string {
  return hrefOf(traceLocation, { ...traceLocation.parse(new URLSearchParams()), ...target })
}

/** Names the worker session that holds this trace's bytes: the same inputs are read once. */
export function sessionOf(location: Pick<TraceLocation, 'sources' | 'files' | 'traceId'>): string {
  return location.files.length > 0
    ? `files:${location.files.toSorted().join(',')}`
    : `trace:${location.traceId}@${location.sources.toSorted().join(',')}`
}
