import type { Worker } from 'node:worker_threads'
import { capabilitiesOf } from '#shared/api/capabilities'
import type { DemoBeginner, DemoChoice, DemoSource } from '#shared/api/contract'
import { createEmbeddedSource, type EmbeddedSource } from './embedded-source.ts'
import { createThreadCalls } from './thread-calls.ts'

/** What a thread of the demo shop is started with. */
export interface DemoWorkerData extends DemoChoice {
  /** The simulated time, milliseconds since 1970. */
  readonly startMs: number
  readonly endMs: number
}

/** The embedded demo shop: at most one run at a time. */
export interface DemoShop {
  /** The run there is. */
  current(): DemoSource | undefined
  /** The run that is this source; undefined when it is not there, or no longer. */
  run(id: string): EmbeddedSource | undefined
  /** Begins a run that ends now, in place of the one there is. */
  start(choice: DemoChoice, begunBy: DemoBeginner): Promise<DemoSource>
  /** False when it is not there. */
  end(id: string): Promise<boolean>
  close(): Promise<void>
}

/** Long enough that a parcel leaves half an hour late; short enough for a search of the last hour. */
const lengthMs = 45 * 60_000
/** What it is called among the sources, and in steps of the thread. */
export const demoShopName = 'Demo shop'

/** Nothing is simulated before `start`. */
export function createDemoShop(startWorker: (data: DemoWorkerData) => Worker): DemoShop {
  let open: { readonly source: DemoSource; readonly run: EmbeddedSource } | undefined

  async function close(): Promise<void> {
    const before = open
    open = undefined
    await before?.run.close()
  }

  return {
    current: () => open?.source,
    run: (id) => (open?.source.id === id ? open.run : undefined),
    async start({ scenario, seed }, begunBy) {
      const before = open
      const endMs = Date.now()
      const startMs = endMs - lengthMs
      const source: DemoSource = {
        kind: 'local',
        // Connections have no colon in theirs; the same choice has the same links in the next run.
        id: `demo:${scenario}:${seed}`,
        name: demoShopName,
        lasts: 'run',
        demo: { scenario, seed },
        begunBy,
        startMs,
        endMs,
        capabilities: capabilitiesOf('local'),
      }
      open = {
        source,
        run: createEmbeddedSource(
          createThreadCalls(startWorker({ scenario, seed, startMs, endMs }), demoShopName),
          demoShopName,
        ),
      }
      await before?.run.close()
      return source
    },
    async end(id) {
      if (open?.source.id !== id) return false
      await close()
      return true
    },
    close,
  }
}
