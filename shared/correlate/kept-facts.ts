/** What was learned of a source, as it is kept between loads of the page and runs of Clew: checked, for it comes from a disk. */
import * as z from 'zod/mini'
import type { LearnedLogFacts } from '#shared/correlate/learn-log-facts'
import type { MetricFacts } from '#shared/correlate/metric-facts'
import type { TraceFacts } from '#shared/correlate/trace-facts'

// As in shared/api/schemas: without this zod tries `new Function`.
z.config({ jitless: true })

/** How it was learned. */
export interface Learned {
  /** Not all of it could be had. */
  readonly isPart: boolean
  readonly tookMs: number
  /** Milliseconds since 1970. */
  readonly learnedMs: number
}

/** What each signal of a source teaches. */
export interface FactParts {
  readonly traces: TraceFacts
  readonly logs: LearnedLogFacts
  readonly metrics: MetricFacts
}

export type FactPart = keyof FactParts

export interface KeptPart<Facts> {
  /** Which connection it was learned of, as it was then, and what was asked: facts of another are none of this one. */
  readonly of: string
  readonly facts: Facts & Learned
}

export type KeptFacts = { readonly [Part in FactPart]?: KeptPart<FactParts[Part]> | undefined }

const text = z.string().check(z.maxLength(2_000))
const texts = z.array(text)
const texted = z.record(z.string(), text)

const learned = { isPart: z.boolean(), tookMs: z.number(), learnedMs: z.number() }

const part = <Facts extends z.ZodMiniType>(facts: Facts) => z.optional(z.object({ of: text, facts }))

const traces = part(z.object({ services: texts, ...learned }))

const place = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('beside'), trace: text, span: z.optional(text) }),
  z.object({ kind: z.literal('inside'), hasSpan: z.boolean(), field: z.optional(text) }),
])

const naming = z.object({ in: z.enum(['metadata', 'field', 'text', 'nowhere']), name: text })

const example = z.object({
  traceId: text,
  spanId: z.optional(text),
  where: text,
  field: z.optional(text),
  beside: z.optional(z.object({ name: text, value: text, span: z.optional(text) })),
})

const clock = z.object({
  leastMs: z.number(),
  mostMs: z.number(),
  met: z.number(),
  of: z.optional(z.number()),
  example: z.optional(text),
})

const logs = part(
  z.object({
    services: z.array(z.object({ label: text, values: texts })),
    places: z.array(place),
    naming: z.optional(naming),
    names: z.optional(texted),
    clocks: z.optional(z.record(z.string(), clock)),
    sampled: z.number(),
    evidence: z.array(z.object({ place, count: z.number(), example })),
    labels: texts,
    metPlace: z.optional(naming),
    metTrace: z.optional(text),
    compared: z.optional(z.record(z.string(), z.number())),
    ...learned,
  }),
)

const family = z.object({
  metric: text,
  isNative: z.boolean(),
  served: text,
  failed: z.optional(text),
  status: z.optional(text),
  operation: texts,
  between: z.enum([' ', '/']),
  services: z.optional(texts),
  failures: z.optional(text),
})

const metrics = part(
  z.object({
    measures: z.array(z.object({ family, groups: z.array(texted) })),
    exemplars: z.array(z.object({ label: text, count: z.number(), example: text, isStripped: z.boolean() })),
    sampled: z.number(),
    ...learned,
  }),
)

// What JSON leaves out is read as undefined, which the types of facts name.
const as = (schema: z.ZodMiniType) => schema as z.ZodMiniType<KeptFacts>

/** What the page sends: any of the parts. */
export const keptFactsSchema = as(z.object({ traces, logs, metrics }))

const loose = as(
  z.catch(
    z.object({
      traces: z.catch(traces, undefined),
      logs: z.catch(logs, undefined),
      metrics: z.catch(metrics, undefined),
    }),
    {},
  ),
)

/** What is kept, as far as it is sound; the other parts are learned anew. */
export const readKeptFacts = (value: unknown): KeptFacts => loose.parse(value)
