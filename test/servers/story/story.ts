/**
 * Everything that is fed, as one value: the same for the same `endMs`, so that a test process makes it again and knows what the servers
 * were told.
 */
import { writeOrdinary } from './ordinary.ts'
import { writeIncident } from './incident.ts'
import { type FedLink, type FedTrace, Random } from './span.ts'
import { split, writeLarge, writeShared, writeSmall } from './special.ts'

/** What one trace server holds. */
export interface TraceStory {
  /** The slow checkout. */
  readonly incident: FedTrace
  /** The try before it, which `incident` links to. */
  readonly firstTry: FedTrace
  readonly ordinary: readonly FedTrace[]
  /** Its id begins with eleven zeros. */
  readonly leadingZeros: FedTrace
  /** Its id has 64 bits. */
  readonly short: FedTrace
  /** 20,000 spans. Tempo answers with 15,000 of them and says PARTIAL. */
  readonly large: FedTrace
}

export interface Story {
  /** The end of the ordinary, milliseconds since 1970. */
  readonly endMs: number
  readonly startMs: number
  readonly jaeger: TraceStory
  readonly tempo: TraceStory
  readonly zipkin: TraceStory
  /** One trace in two servers: `first` is in Jaeger, `second` in Tempo. */
  readonly shared: { readonly whole: FedTrace; readonly first: FedTrace; readonly second: FedTrace }
  /** In Tempo, in one block, over the limit: refused when it is asked for. */
  readonly tooLarge: FedTrace
  /** What each tenant of the servers with tenants holds. */
  readonly tenants: Readonly<Record<TenantName, FedTrace>>
}

export const tenantNames = ['team-red', 'team-blue'] as const
export type TenantName = (typeof tenantNames)[number]

/** How many spans the large trace has. */
export const largeSpanCount = 20_000

/** Writes the story of the hour that ends at `endMs`. */
export function writeStory(endMs: number): Story {
  const end = Math.floor(endMs / 1000) * 1000
  const at = (minutesAgo: number) => BigInt(end - minutesAgo * 60_000) * 1_000_000n
  const shared = writeShared('5a11ed0000000000000000000000cafe', at(6), new Random(5))
  return {
    endMs: end,
    startMs: end - 3_600_000,
    tempo: traceStory(1, '4be1f0c27d5e4c2b8a90317f5cd29a7e', end),
    jaeger: traceStory(2, '9d3cc84a51f64b0e8f7d2c60ab1b4e55', end),
    zipkin: traceStory(3, 'c07fe2d1384a4f6b9b1e6d5a0c2f8841', end),
    shared: { whole: shared, ...split(shared) },
    tooLarge: writeLarge('700b1900000000000000000000000001', at(25), new Random(8), largeSpanCount),
    tenants: {
      'team-red': writeSmall('4ed00000000000000000000000000001', 'red-service', at(4), new Random(6)),
      'team-blue': writeSmall('b10e0000000000000000000000000001', 'blue-service', at(4), new Random(7)),
    },
  }
}

function traceStory(seed: number, incidentId: string, endMs: number): TraceStory {
  const random = new Random(seed)
  const at = (minutesAgo: number) => BigInt(endMs - minutesAgo * 60_000) * 1_000_000n
  const firstTry = writeSmall(random.hex(32), 'retry-service', at(9), random)
  const link: FedLink = {
    traceId: firstTry.traceId,
    spanId: firstTry.spans[0].spanId,
    attributes: { 'link.reason': 'retry' },
  }
  return {
    firstTry,
    incident: writeIncident(incidentId, at(8) + 412_000_000n, random, link),
    ordinary: writeOrdinary(endMs, 100, random),
    leadingZeros: writeSmall(`00000000000${random.hex(21)}`, 'zero-service', at(12), random),
    short: writeSmall(`0000000000000000${random.hex(16)}`, 'short-service', at(13), random),
    large: writeLarge(random.hex(32), at(20), random, largeSpanCount),
  }
}

/** Every trace of one server, the large one included. */
export function allTraces(story: TraceStory): FedTrace[] {
  return [story.firstTry, story.incident, ...story.ordinary, story.leadingZeros, story.short, story.large]
}
