/** For tests: a handler over servers that are only a table of paths. */
import { Worker } from 'node:worker_threads'
import type { ApiError, ServerSource, SourceInput } from '#shared/api/contract'
import { fakeServer, type FakeAnswer } from '../backends/fake-server.ts'
import { createDemoShop } from '../local/demo-shop.ts'
import { createOpenedStore } from '../local/opened-store.ts'
import { createHandler } from './handler.ts'
import type { Handler, HandlerOptions } from './options.ts'
import {
  createMemoryFacts,
  createMemoryPreferences,
  createMemoryThread,
  createSourceStore,
} from './source-store.ts'
import type { OpenedFiles } from './stores.ts'

/** A Tempo as a person enters it. */
export const shopInput: SourceInput = {
  name: 'shop',
  kind: 'tempo',
  url: 'http://tempo.test',
  auth: { kind: 'none' },
  headers: [],
  tenant: '',
  tls: { ca: '', clientCert: '', clientKey: { kind: 'none' }, skipVerify: false },
  timeoutMs: 1000,
}

/** Node reads it as it is written. */
export const demoWorker = new URL('../local/demo.worker.ts', import.meta.url)
const openedWorker = new URL('../local/opened.worker.ts', import.meta.url)

/** No file was opened. */
export const noFiles: OpenedFiles = {
  list: () => Promise.resolve([]),
  open: () => Promise.resolve(undefined),
}

const opened: Handler[] = []

/** Closes every handler that was made; for `afterEach`. */
export async function closeHandlers(): Promise<void> {
  await Promise.all(opened.splice(0).map((handler) => handler.close()))
}

/** A handler whose sources are asked from `routes`, and what they were asked. */
export function handlerOver(
  routes: Readonly<Record<string, FakeAnswer>> = {},
  options: Partial<HandlerOptions> = {},
): { readonly handler: Handler; readonly asked: readonly string[] } {
  const server = fakeServer(routes)
  const handler = createHandler({
    assets: () => Promise.resolve(undefined),
    store: createSourceStore(),
    preferences: createMemoryPreferences(),
    thread: createMemoryThread(),
    facts: createMemoryFacts(),
    files: noFiles,
    demoShop: createDemoShop((data) => new Worker(demoWorker, { workerData: data })),
    openedStore: createOpenedStore(() => new Worker(openedWorker)),
    info: {
      version: '1.2.3',
      shell: 'browser',
      startedMs: 1,
      secretStore: { kind: 'memory', sentence: 'Nowhere.' },
    },
    fetch: server.fetch,
    ...options,
  })
  opened.push(handler)
  return { handler, asked: server.asked }
}

/** Asks for a path. */
export function get(handler: Handler, path: string, init?: RequestInit): Promise<Response> {
  return handler.fetch(new Request(`http://clew.test${path}`, init))
}

/** Sends a JSON body. */
export function send(handler: Handler, method: string, path: string, body: unknown): Promise<Response> {
  return get(handler, path, {
    method,
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  })
}

/** Adds `shopInput` with changes. */
export async function addSource(handler: Handler, changes: Partial<SourceInput> = {}): Promise<ServerSource> {
  const response = await send(handler, 'POST', '/api/sources', { ...shopInput, ...changes })
  if (response.status !== 201) throw new Error(`The source was not added: ${await response.text()}`)
  return (await response.json()) as ServerSource
}

/** The error an answer holds, and the answer's status. */
export async function errorIn(response: Response): Promise<ApiError & { readonly http: number }> {
  return { ...((await response.json()) as ApiError), http: response.status }
}
