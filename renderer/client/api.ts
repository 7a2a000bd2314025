/** Typed calls of the handler. Every failure is a ClewError that carries the handler's ApiError. */
import type {
  ApiError,
  AppInfo,
  DemoChoice,
  DemoSource,
  DependencyAnswer,
  FoundServer,
  Preferences,
  ProbeReport,
  ServerSource,
  Source,
  SourceInput,
  TraceQuery,
} from '#shared/api/contract'
import type { KeptFacts } from '#shared/correlate/kept-facts'
import { fetchInTurns, type InTurnsInit } from '../worker/fetch-in-turns'

export class ClewError extends Error {
  readonly error: ApiError
  constructor(error: ApiError) {
    super(error.message)
    this.name = 'ClewError'
    this.error = error
  }
}

/** Any thrown thing as an ApiError for the screen. */
export function toApiError(thrown: unknown): ApiError {
  if (thrown instanceof ClewError) return thrown.error
  if (thrown instanceof DOMException && thrown.name === 'AbortError') {
    return {
      kind: 'cancelled',
      message: 'Stopped.',
      detail: undefined,
      advice: 'Start it again when you need it.',
      status: undefined,
    }
  }
  return {
    kind: 'internal',
    message: 'Clew itself did not answer.',
    detail: thrown instanceof Error ? thrown.message : String(thrown),
    advice: 'Check that Clew is still running, then reload the page.',
    status: undefined,
  }
}

/** `fetch` of a handler route; throws ClewError unless the answer is 2xx. */
export async function call(path: string, init?: InTurnsInit): Promise<Response> {
  const response = await fetchInTurns(path, init)
  if (response.ok) return response
  let error: ApiError | undefined
  try {
    error = (await response.json()) as ApiError
  } catch (cause) {
    throw new ClewError({
      kind: 'internal',
      message: `Clew answered ${response.status} without saying why.`,
      detail: cause instanceof Error ? cause.message : undefined,
      advice: 'Reload the page; if it stays, restart Clew.',
      status: response.status,
    })
  }
  throw new ClewError(error)
}

/** The JSON body of a route. */
export async function getJson<Body>(path: string, signal?: AbortSignal): Promise<Body> {
  const response = await call(path, { signal: signal ?? null })
  return (await response.json()) as Body
}

async function sendJson<Body>(
  method: string,
  path: string,
  body: unknown,
  signal?: AbortSignal,
): Promise<Body> {
  const response = await call(path, {
    method,
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
    signal: signal ?? null,
  })
  return (response.status === 204 ? undefined : await response.json()) as Body
}

export interface TimeWindow {
  readonly startMs: number
  readonly endMs: number
}

/** A route of one source; parameters that are undefined are left out. */
export function sourcePath(
  id: string,
  rest: string,
  params: Record<string, string | number | undefined> = {},
): string {
  const query = new URLSearchParams()
  for (const [key, value] of Object.entries(params)) if (value !== undefined) query.set(key, String(value))
  const text = query.toString()
  return `/api/sources/${encodeURIComponent(id)}/${rest}${text === '' ? '' : `?${text}`}`
}

/** Whether Clew answers this page, refuses it (it was started again), or is not there. */
async function there(signal: AbortSignal): Promise<'there' | 'locked' | 'gone'> {
  try {
    const { status } = await fetch('/api/there', { signal })
    return status === 204 ? 'there' : status === 403 ? 'locked' : 'gone'
  } catch {
    signal.throwIfAborted()
    return 'gone'
  }
}

export const api = {
  there,
  app: (signal?: AbortSignal) => getJson<AppInfo>('/api/app', signal),
  preferences: (signal?: AbortSignal) => getJson<Preferences>('/api/preferences', signal),
  savePreferences: (preferences: Preferences) =>
    sendJson<Preferences>('PUT', '/api/preferences', preferences),
  sources: (signal?: AbortSignal) => getJson<Source[]>('/api/sources', signal),
  addSource: (input: SourceInput) => sendJson<ServerSource>('POST', '/api/sources', input),
  changeSource: (id: string, input: SourceInput) =>
    sendJson<ServerSource>('PUT', `/api/sources/${encodeURIComponent(id)}`, input),
  startDemo: (choice: DemoChoice) => sendJson<DemoSource>('POST', '/api/demo', choice),
  removeSource: (id: string) =>
    sendJson<undefined>('DELETE', `/api/sources/${encodeURIComponent(id)}`, undefined),
  probe: (input: SourceInput, id: string | undefined, signal?: AbortSignal) =>
    sendJson<ProbeReport>('POST', '/api/probe', { input, id }, signal),
  /** `anew`: even if it was asked within the last minute. */
  probeSource: (id: string, anew: boolean, signal?: AbortSignal) =>
    getJson<ProbeReport>(sourcePath(id, anew ? 'probe?anew' : 'probe'), signal),
  keptFacts: (id: string, signal?: AbortSignal) => getJson<KeptFacts>(sourcePath(id, 'facts'), signal),
  keepFacts: (id: string, parts: KeptFacts) => sendJson<undefined>('PUT', sourcePath(id, 'facts'), parts),
  found: (signal?: AbortSignal) => getJson<FoundServer[]>('/api/found', signal),
  services: (id: string, window: TimeWindow, signal?: AbortSignal) =>
    getJson<string[]>(sourcePath(id, 'services', { ...window }), signal),
  operations: (id: string, service: string, window: TimeWindow, signal?: AbortSignal) =>
    getJson<string[]>(sourcePath(id, 'operations', { service, ...window }), signal),
  tags: (id: string, window: TimeWindow, signal?: AbortSignal) =>
    getJson<{ scope: string; tags: string[] }[]>(sourcePath(id, 'tags', { ...window }), signal),
  tagValues: (id: string, tag: string, q: string, window: TimeWindow, signal?: AbortSignal) =>
    getJson<{ type: string; value: string }[]>(sourcePath(id, 'tag-values', { tag, q, ...window }), signal),
  dependencies: (id: string, window: TimeWindow, signal?: AbortSignal) =>
    getJson<DependencyAnswer>(sourcePath(id, 'dependencies', { ...window }), signal),
}

export const searchPath = (id: string, query: TraceQuery): string =>
  sourcePath(id, 'search', { query: JSON.stringify(query) })

export const tracePath = (id: string, traceId: string, window?: TimeWindow): string =>
  sourcePath(id, `traces/${encodeURIComponent(traceId)}`, { startMs: window?.startMs, endMs: window?.endMs })
