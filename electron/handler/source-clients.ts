import type { Backend } from '../backends/backend.ts'
import { createBackend } from '../backends/create-backend.ts'
import { createSourceClient, type ClientOptions, type SourceClient } from '../backends/http.ts'
import type { SourceTarget } from '../backends/target.ts'

/** One source, ready to be asked. */
export interface OpenSource {
  readonly client: SourceClient
  readonly backend: Backend
}

/** The sources that were asked so far: each keeps its connections, its place in line and what it learned of its server. */
export interface SourceClients {
  /** The one of this target; made anew when its settings changed. */
  of(target: SourceTarget): OpenSource
  /** A client for one test or look around, closed by `work`'s end. */
  once<Result>(target: SourceTarget, work: (client: SourceClient) => Promise<Result>): Promise<Result>
  /** Lets go of a source that was removed. */
  forget(id: string): Promise<void>
  close(): Promise<void>
}

/** No source is asked before `of` or `once`. */
export function createSourceClients(options: ClientOptions): SourceClients {
  const open = new Map<string, OpenSource & { readonly settings: string }>()
  const passing = new Set<SourceClient>()

  async function forget(id: string): Promise<void> {
    const source = open.get(id)
    open.delete(id)
    await source?.client.retire()
  }

  return {
    of(target) {
      const settings = JSON.stringify(target)
      const known = open.get(target.id)
      if (known?.settings === settings) return known
      // Who still reads with the old settings may finish; nothing waits for that.
      void forget(target.id)
      const client = createSourceClient(target, options)
      const source = { client, backend: createBackend(client), settings }
      open.set(target.id, source)
      return source
    },
    async once(target, work) {
      const client = createSourceClient(target, options)
      passing.add(client)
      try {
        return await work(client)
      } finally {
        passing.delete(client)
        await client.close()
      }
    },
    forget,
    async close() {
      const clients = [...[...open.values()].map((source) => source.client), ...passing]
      open.clear()
      await Promise.all(clients.map((client) => client.close()))
    },
  }
}
