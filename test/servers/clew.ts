/** Clew's handler as the tests drive it: with connections in memory and the real network under it. */
import type {
  ApiError,
  Dependency,
  DependencyAnswer,
  ProbeReport,
  SearchAnswer,
  Source,
  SourceInput,
  ServerKind,
  TraceQuery,
} from '#shared/api/contract'
import { TraceImport } from '#shared/import/index'
import type { TraceSummary } from '#shared/trace/table'

import { createDemoShop } from '../../electron/local/demo-shop.ts'
import { createOpenedStore } from '../../electron/local/opened-store.ts'
import { createHandler } from '../../electron/handler/handler.ts'
import {
  createMemoryFacts,
  createMemoryPreferences,
  createMemoryThread,
  createSourceStore,
} from '../../electron/handler/source-store.ts'

/** A connection without anything special. */
export function input(kind: ServerKind, url: string, more: Partial<SourceInput> = {}): SourceInput {
  return {
    name: `the ${kind}`,
    kind,
    url,
    auth: { kind: 'none' },
    headers: [],
    tenant: '',
    tls: { ca: '', clientCert: '', clientKey: { kind: 'none' }, skipVerify: false },
    timeoutMs: 10_000,
    ...more,
  }
}

/** An answer of bytes, or the error in its place. */
export interface TraceAnswer {
  readonly status: number
  readonly contentType: string
  /** The sentence beside the answer, decoded. */
  readonly note: string
  readonly bytes: Uint8Array<ArrayBuffer>
  readonly error: ApiError | undefined
}

/** The summaries of a search, however the source answers. */
export interface Found {
  readonly traces: readonly TraceSummary[]
  readonly limitReached: boolean | undefined
  readonly notes: readonly string[]
}

/** Clew without a window. */
export class ClewUnderTest {
  readonly #handler = createHandler({
    assets: () => Promise.resolve(undefined),
    store: createSourceStore(),
    preferences: createMemoryPreferences(),
    thread: createMemoryThread(),
    facts: createMemoryFacts(),
    demoShop: createDemoShop(() => {
      throw new Error('no demo shop beside real servers')
    }),
    openedStore: createOpenedStore(() => {
      throw new Error('no files beside real servers')
    }),
    files: { list: () => Promise.resolve([]), open: () => Promise.resolve(undefined) },
    info: {
      version: 'test',
      shell: 'browser',
      startedMs: Date.now(),
      secretStore: { kind: 'memory', sentence: 'Kept in memory, for a test.' },
    },
  })

  fetch(path: string, init?: RequestInit): Promise<Response> {
    return this.#handler.fetch(new Request(`http://clew.test${path}`, init))
  }

  close(): Promise<void> {
    return this.#handler.close()
  }

  async probe(input: SourceInput): Promise<ProbeReport> {
    return this.#json<ProbeReport>('/api/probe', post({ input }))
  }

  /** Adds a connection; its id. */
  async connect(input: SourceInput): Promise<string> {
    return (await this.#json<Source>('/api/sources', post(input))).id
  }

  services(id: string, startMs: number, endMs: number): Promise<string[]> {
    return this.#json(`/api/sources/${id}/services?startMs=${startMs}&endMs=${endMs}`)
  }

  operations(id: string, service: string, startMs: number, endMs: number): Promise<string[]> {
    const params = new URLSearchParams({ service, startMs: String(startMs), endMs: String(endMs) })
    return this.#json(`/api/sources/${id}/operations?${params.toString()}`)
  }

  tags(id: string, startMs: number, endMs: number): Promise<{ scope: string; tags: string[] }[]> {
    return this.#json(`/api/sources/${id}/tags?startMs=${startMs}&endMs=${endMs}`)
  }

  tagValues(
    id: string,
    tag: string,
    q: string,
    startMs: number,
    endMs: number,
  ): Promise<{ type: string; value: string }[]> {
    const params = new URLSearchParams({ tag, q, startMs: String(startMs), endMs: String(endMs) })
    return this.#json(`/api/sources/${id}/tag-values?${params.toString()}`)
  }

  async dependencies(id: string, startMs: number, endMs: number): Promise<readonly Dependency[]> {
    const path = `/api/sources/${id}/dependencies?startMs=${startMs}&endMs=${endMs}`
    const { calls } = await this.#json<DependencyAnswer>(path)
    return calls
  }

  /** A question about metrics: `range`, `exemplars`, `labels`… */
  metrics<Answer>(
    id: string,
    path: string,
    params: Readonly<Record<string, string | number>>,
  ): Promise<Answer> {
    const query = new URLSearchParams()
    for (const [name, value] of Object.entries(params)) query.set(name, String(value))
    return this.#json(`/api/sources/${id}/metrics/${path}?${query.toString()}`)
  }

  /** Searches, and reads whole traces into summaries as the page's worker does. */
  async search(id: string, query: TraceQuery): Promise<Found> {
    const answer = await this.fetch(searchPath(id, query))
    if (!answer.ok) throw new AnswerError((await answer.json()) as ApiError)
    if (answer.headers.get('x-clew-answer') === 'traces') {
      const documents = new TraceImport()
      const reader = documents.addDocument('search')
      reader.push(new Uint8Array(await answer.arrayBuffer()))
      reader.end()
      return { traces: documents.summaries(), limitReached: undefined, notes: [] }
    }
    return (await answer.json()) as SearchAnswer
  }

  /** The error of a search that must fail. */
  async searchError(id: string, query: TraceQuery): Promise<ApiError> {
    const answer = await this.fetch(searchPath(id, query))
    if (answer.ok) throw new Error(`The search succeeded: ${(await answer.text()).slice(0, 300)}`)
    return (await answer.json()) as ApiError
  }

  async trace(id: string, traceId: string, params = ''): Promise<TraceAnswer> {
    const answer = await this.fetch(`/api/sources/${id}/traces/${traceId}${params}`)
    const bytes = new Uint8Array(await answer.arrayBuffer())
    return {
      status: answer.status,
      contentType: answer.headers.get('content-type') ?? '',
      note: decodeURIComponent(answer.headers.get('x-clew-note') ?? ''),
      bytes,
      error: answer.ok ? undefined : (JSON.parse(new TextDecoder().decode(bytes)) as ApiError),
    }
  }

  async #json<Value>(path: string, init?: RequestInit): Promise<Value> {
    const answer = await this.fetch(path, init)
    if (!answer.ok) throw new AnswerError((await answer.json()) as ApiError)
    return (await answer.json()) as Value
  }
}

/** An answer that is not 2xx. */
export class AnswerError extends Error {
  readonly error: ApiError

  constructor(error: ApiError) {
    super(`${error.kind}: ${error.message} “${error.detail}” ${error.advice}`)
    this.error = error
  }
}

function searchPath(id: string, query: TraceQuery): string {
  return `/api/sources/${id}/search?query=${encodeURIComponent(JSON.stringify(query))}`
}

function post(body: unknown): RequestInit {
  return { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) }
}
