/** What is measured of every span: how long it took, under which attributes. So a histogram counts exactly the spans there are. */
import type { Run } from '../run.ts'
import type { Attributes, AttributeValue, Span } from '../parts/record.ts'
import type { Instance } from '../parts/service.ts'
import { histograms, type HistogramInstrument } from './instruments.ts'

/** One length of time. */
export interface Observation {
  readonly atNs: number
  readonly seconds: number
  readonly span: Span
}

/** The observations of one instance under the same attributes, in order of time. */
export interface ObservedSeries {
  readonly instrument: HistogramInstrument
  readonly instance: Instance
  readonly attributes: Attributes
  readonly observations: Observation[]
}

/** What spans of a kind are measured by, and which of their attributes say under what. */
interface Rule {
  readonly instrument: HistogramInstrument
  readonly keys: readonly string[]
}

const rules = {
  httpServer: {
    instrument: histograms.httpServer,
    keys: ['http.request.method', 'http.route', 'http.response.status_code', 'error.type'],
  },
  httpClient: {
    instrument: histograms.httpClient,
    keys: ['http.request.method', 'server.address', 'server.port', 'http.response.status_code', 'error.type'],
  },
  rpcServer: {
    instrument: histograms.rpcServer,
    keys: ['rpc.system.name', 'rpc.method', 'rpc.response.status_code', 'error.type'],
  },
  rpcClient: {
    instrument: histograms.rpcClient,
    keys: ['rpc.system.name', 'rpc.method', 'rpc.response.status_code', 'server.address', 'error.type'],
  },
  database: {
    instrument: histograms.database,
    keys: ['db.system.name', 'db.namespace', 'db.collection.name', 'db.operation.name', 'server.address'],
  },
  poolWait: { instrument: histograms.poolWait, keys: ['db.client.connection.pool.name'] },
  poolUse: { instrument: histograms.poolUse, keys: ['db.client.connection.pool.name'] },
  send: {
    instrument: histograms.send,
    keys: ['messaging.system', 'messaging.operation.name', 'messaging.destination.name'],
  },
  process: {
    instrument: histograms.process,
    keys: [
      'messaging.system',
      'messaging.operation.name',
      'messaging.destination.name',
      'messaging.consumer.group.name',
    ],
  },
} satisfies Record<string, Rule>

/** Which rule a span is measured by; undefined for what is only drawn. */
function ruleOf({ kind, common }: Span): Rule | undefined {
  switch (kind) {
    case 'server':
      return 'rpc.method' in common ? rules.rpcServer : rules.httpServer
    case 'client':
      if ('db.system.name' in common) return rules.database
      return 'rpc.method' in common ? rules.rpcClient : rules.httpClient
    case 'producer':
      return rules.send
    case 'consumer':
      return rules.process
    default:
      return 'db.client.connection.pool.name' in common ? rules.poolWait : undefined
  }
}

/** Everything that was measured in a run, by instance and instrument. */
export function observe({ traces, measurements }: Run): ObservedSeries[] {
  const all = new AllSeries()
  for (const { spans } of traces)
    for (const span of spans) {
      const rule = ruleOf(span)
      if (rule) all.add(rule, span.common, span.own, { atNs: span.endNs, seconds: secondsOf(span), span })
    }
  for (const { atNs, lengthNs, attributes, span } of measurements)
    all.add(rules.poolUse, attributes, {}, { atNs, seconds: lengthNs / 1e9, span })
  return all.inOrder()
}

function secondsOf({ startNs, endNs }: Span): number {
  return (endNs - startNs) / 1e9
}

class AllSeries {
  readonly #byInstance = new Map<Instance, Map<string, ObservedSeries>>()

  add({ instrument, keys }: Rule, common: Attributes, own: Attributes, observation: Observation): void {
    const { instance } = observation.span
    let ofInstance = this.#byInstance.get(instance)
    if (ofInstance === undefined) this.#byInstance.set(instance, (ofInstance = new Map()))
    let name = instrument.name
    for (const key of keys) name += `\n${own[key] ?? common[key]}`
    let series = ofInstance.get(name)
    if (series === undefined) {
      const attributes = Object.fromEntries(
        keys
          .map((key): [string, AttributeValue | undefined] => [key, own[key] ?? common[key]])
          .filter((pair): pair is [string, AttributeValue] => pair[1] !== undefined),
      )
      series = { instrument, instance, attributes, observations: [] }
      ofInstance.set(name, series)
    }
    series.observations.push(observation)
  }

  /** Spans come by trace; histograms fill in order of time. */
  inOrder(): ObservedSeries[] {
    const all = [...this.#byInstance.values()].flatMap((series) => [...series.values()])
    for (const { observations } of all) observations.sort((one, other) => one.atNs - other.atNs)
    return all
  }
}
