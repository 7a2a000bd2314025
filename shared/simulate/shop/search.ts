import type { Process } from '../engine/simulation.ts'
import { ms, seconds } from '../engine/units.ts'
import { Context } from '../parts/context.ts'
import { Operation } from '../parts/operation.ts'
import type { Instance } from '../parts/service.ts'
import type { World } from '../parts/world.ts'

export interface SearchQuery {
  readonly words: string
  readonly facet: string
}

/** How an index merges its segments: a slice of work, then a pause in which queries have the core to themselves. */
export interface MergePace {
  readonly sliceNs: number
  readonly pauseNs: number
}

const gentle: MergePace = { sliceNs: ms(15), pauseNs: ms(185) }

export function createSearch(world: World) {
  const service = world.service({
    name: 'search-service',
    instances: 3,
    workers: 64,
    idleMegabytes: 412,
    release: { version: '3.3.1', settings: {} },
  })
  const query = new Operation<unknown, SearchQuery, void>(world, {
    service,
    protocol: { kind: 'http', method: 'GET', route: '/search' },
    path: ({ words, facet }) => `/search?q=${words}&facet=${facet}`,
    attributes: ({ facet }) => ({ 'search.facet': facet }),
    *handler(context, { words, facet }) {
      yield* context.within('index.query', (inner) => inner.work(ms(215), 0.25))
      yield* context.work(ms(3))
      context.log('INFO', 'index', `${facet} of “${words}” found`, { 'search.facet': facet })
    },
  })

  /** Merges the index of one instance for as long as that: the work waits for the core and keeps it like any other. */
  function* merge(instance: Instance, lengthNs: number, pace: MergePace): Process {
    const { recorder, simulation } = world
    const span = recorder.begin({ instance, name: 'IndexMerge.run', kind: 'internal' })
    const context = new Context(world, instance, span)
    const untilNs = simulation.now + lengthNs
    context.log('INFO', 'merge', `merging segments, ${pace.sliceNs / ms(1)}ms slices`, {
      'merge.slice_ms': pace.sliceNs / ms(1),
      'merge.pause_ms': pace.pauseNs / ms(1),
    })
    while (simulation.now < untilNs) {
      yield* context.work(pace.sliceNs, 0.2)
      yield pace.pauseNs
    }
    context.log('INFO', 'merge', 'segments merged')
    context.end()
  }

  /** Every instance merges now and then, each at its own time. */
  function* mergeNowAndThen(instance: Instance): Process {
    for (;;) {
      yield service.random.exponential(seconds(240))
      yield* merge(instance, seconds(20), gentle)
    }
  }
  service.onEach((instance) => void world.simulation.start(mergeNowAndThen(instance)))
  return { service, query, merge }
}
