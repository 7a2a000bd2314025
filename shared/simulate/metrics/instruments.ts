/** What the shop measures, in the names and units of OpenTelemetry's semantic conventions. */

export interface Instrument {
  readonly name: string
  readonly unit: string
  readonly description: string
}

/** A distribution: in buckets whose upper bounds are given, or in exponential ones where `bounds` is undefined. */
export interface HistogramInstrument extends Instrument {
  readonly bounds: readonly number[] | undefined
}

/** A number that is read from time to time. A `counter` only grows; an `upDown` can be added up over instances, a `gauge` cannot. */
export interface SampledInstrument extends Instrument {
  readonly kind: 'counter' | 'upDown' | 'gauge'
}

const requestSeconds = [0.005, 0.01, 0.025, 0.05, 0.075, 0.1, 0.25, 0.5, 0.75, 1, 2.5, 5, 7.5, 10]
const databaseSeconds = [0.001, 0.005, 0.01, 0.05, 0.1, 0.5, 1, 5, 10]

function histogram(
  name: string,
  bounds: readonly number[] | undefined,
  description: string,
): HistogramInstrument {
  return { name, unit: 's', description, bounds }
}

export const histograms = {
  httpServer: histogram('http.server.request.duration', requestSeconds, 'Duration of HTTP server requests.'),
  httpClient: histogram('http.client.request.duration', requestSeconds, 'Duration of HTTP client requests.'),
  rpcServer: histogram('rpc.server.call.duration', undefined, 'Duration of incoming calls.'),
  rpcClient: histogram('rpc.client.call.duration', undefined, 'Duration of outgoing calls.'),
  database: histogram('db.client.operation.duration', databaseSeconds, 'Duration of database operations.'),
  poolWait: histogram(
    'db.client.connection.wait_time',
    databaseSeconds,
    'Time it took to get a connection from the pool.',
  ),
  poolUse: histogram(
    'db.client.connection.use_time',
    databaseSeconds,
    'Time between taking a connection and giving it back.',
  ),
  send: histogram('messaging.client.operation.duration', requestSeconds, 'Duration of sending a message.'),
  process: histogram('messaging.process.duration', undefined, 'Duration of processing a message.'),
} as const

function sampled(
  name: string,
  unit: string,
  kind: SampledInstrument['kind'],
  description: string,
): SampledInstrument {
  return { name, unit, kind, description }
}

export const samples = {
  connections: sampled(
    'db.client.connection.count',
    '{connection}',
    'upDown',
    'Connections that are in this state.',
  ),
  connectionsMax: sampled(
    'db.client.connection.max',
    '{connection}',
    'upDown',
    'The most connections the pool opens.',
  ),
  connectionsPending: sampled(
    'db.client.connection.pending_requests',
    '{request}',
    'upDown',
    'Requests that wait for a connection.',
  ),
  connectionTimeouts: sampled(
    'db.client.connection.timeouts',
    '{timeout}',
    'counter',
    'Requests that gave up waiting for a connection.',
  ),
  activeRequests: sampled(
    'http.server.active_requests',
    '{request}',
    'upDown',
    'Requests that are being answered, or wait for a worker.',
  ),
  cpuTime: sampled('process.cpu.time', 's', 'counter', 'Processor time used.'),
  cpuLimit: sampled('k8s.container.cpu.limit', '{cpu}', 'gauge', 'Cores the container may use.'),
  memory: sampled('process.memory.usage', 'By', 'upDown', 'Memory in use.'),
  lag: sampled(
    'kafka.consumer.records_lag',
    '{record}',
    'gauge',
    'Messages of its partitions that a consumer has not taken.',
  ),
} as const
