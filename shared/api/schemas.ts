/** What the handler accepts from the page, checked; a mistake becomes a sentence that names the field. */
import * as z from 'zod/mini'
import type { DemoChoice, Preferences, SourceInput, TraceQuery } from '#shared/api/contract'
import { demoScenarios } from '#shared/api/demo-scenarios'
import { isOwnHeader } from '#shared/api/header-names'
import { kindNames } from '#shared/api/kind-tag'

// Without this zod tries `new Function`, which the page's Content-Security-Policy reports as a violation.
z.config({ jitless: true })

const longText = 200_000

export const emptyRange = 'The time range is empty: it ends as it starts.'

function text(what: string, maxLength: number) {
  return z
    .string({ error: `${what} must be text.` })
    .check(z.maxLength(maxLength, { error: `${what} is longer than ${maxLength} characters.` }))
}

/** Text that can stand in an HTTP header: a line break in it would be read as another header. */
function headerText(what: string) {
  return text(what, 16_384).check(
    z.regex(/^[\t\x20-\x7e\x80-\xff]*$/, {
      error: `${what} has a line break or a character that no header can carry.`,
    }),
  )
}

function secret(what: string, value: z.ZodMiniType<string> = headerText(what)) {
  return z.discriminatedUnion(
    'kind',
    [
      z.object({ kind: z.literal('new'), value }),
      z.object({ kind: z.literal('kept') }),
      z.object({ kind: z.literal('none') }),
    ],
    { error: `${what} must be given as new, kept or none.` },
  )
}

const kind = z.enum(['jaeger', 'tempo', 'zipkin', 'loki', 'prometheus'], {
  error: 'The kind must be one of jaeger, tempo, zipkin, loki, prometheus.',
})

const auth = z.discriminatedUnion(
  'kind',
  [
    z.object({ kind: z.literal('none') }),
    z.object({
      kind: z.literal('basic'),
      // RFC 7617: the first colon ends the user.
      user: text('The user', 1_000).check(z.regex(/^[^:]*$/, { error: 'The user may not contain a colon.' })),
      password: secret('The password', text('The password', 16_384)),
    }),
    z.object({ kind: z.literal('bearer'), token: secret('The token') }),
  ],
  { error: 'The authentication must be none, basic or bearer.' },
)

const header = z.object({
  name: z.string({ error: 'The name of a header must be text.' }).check(
    z.regex(/^[!#$%&'*+.^_`|~0-9A-Za-z-]{1,200}$/, {
      error: 'The name of a header may hold only letters, digits and -, without spaces.',
    }),
    z.refine((name) => !isOwnHeader(name), {
      error: ({ input }) => `The header ${String(input)} cannot be set: every request says it by itself.`,
    }),
  ),
  value: secret('The value of a header'),
})

/** `SourceInput` as the page sends it. The address is cleaned and checked by the handler. */
export const sourceInputSchema: z.ZodMiniType<SourceInput> = z.object(
  {
    name: text('The name', 200),
    kind,
    url: text('The address', 4_000),
    auth,
    headers: z
      .array(header, { error: 'The headers must be a list.' })
      .check(z.maxLength(50, { error: 'There are more than 50 headers.' })),
    tenant: headerText('The tenant'),
    tls: z.object(
      {
        ca: text('The certificate authority', longText),
        clientCert: text('The client certificate', longText),
        clientKey: secret('The private key', text('The private key', longText)),
        skipVerify: z.boolean({ error: 'Skip verification must be yes or no.' }),
      },
      { error: 'The TLS options are missing.' },
    ),
    timeoutMs: z
      .number({ error: 'The timeout must be a number of milliseconds.' })
      .check(
        z.minimum(100, { error: 'The timeout must be at least 0.1 s.' }),
        z.maximum(3_600_000, { error: 'The timeout may be at most one hour.' }),
      ),
  },
  { error: 'A connection must be given.' },
)

/** Body of `POST /api/probe`. */
export const probeRequestSchema = z.object({
  input: sourceInputSchema,
  id: z.optional(z.string({ error: 'The id must be text.' })),
})

/** Body of `POST /api/demo`. */
export const demoChoiceSchema: z.ZodMiniType<DemoChoice> = z.object(
  {
    scenario: z.enum(
      demoScenarios.map(({ name }) => name),
      { error: `The scenario must be one of ${demoScenarios.map(({ name }) => name).join(', ')}.` },
    ),
    seed: z
      .int({ error: 'The seed must be a whole number.' })
      .check(
        z.minimum(0, { error: 'The seed may not be negative.' }),
        z.maximum(999_999_999, { error: 'The seed may have at most nine digits.' }),
      ),
  },
  { error: 'A scenario must be given.' },
)

const nanoseconds = (what: string) =>
  z.optional(
    z
      .number({ error: `${what} must be a number of nanoseconds.` })
      .check(z.minimum(0, { error: `${what} may not be negative.` })),
  )

const instant = (what: string) =>
  z
    .number({ error: `${what} must be a time in milliseconds.` })
    .check(
      z.minimum(0, { error: `${what} lies before 1970.` }),
      z.maximum(8.64e15, { error: `${what} lies too far in the future.` }),
    )

const traceQueryFields = z
  .object(
    {
      service: text('The service', 4_000),
      operation: text('The operation', 4_000),
      tags: z
        .array(
          z.object({ key: text('The key of a tag', 4_000), value: text('The value of a tag', 16_000) }),
          {
            error: 'The tags must be a list of keys and values.',
          },
        )
        .check(z.maxLength(100, { error: 'There are more than 100 tags.' })),
      minDurationNs: nanoseconds('The shortest duration'),
      maxDurationNs: nanoseconds('The longest duration'),
      errorsOnly: z.boolean({ error: 'Errors only must be yes or no.' }),
      startMs: instant('The start'),
      endMs: instant('The end'),
      limit: z
        .int({ error: 'The limit must be a whole number.' })
        .check(
          z.minimum(1, { error: 'The limit must be at least 1.' }),
          z.maximum(10_000, { error: 'The limit may be at most 10,000.' }),
        ),
      traceql: text('The TraceQL query', 100_000),
      spanKind: z.optional(
        z.enum(kindNames, {
          error: 'The kind of spans must be one of OpenTelemetry’s.',
        }),
      ),
    },
    { error: 'A search must be given.' },
  )
  .check(
    z.refine(({ startMs, endMs }) => startMs <= endMs, {
      error: 'The time range ends before it starts.',
      path: ['endMs'],
    }),
    z.refine(({ startMs, endMs }) => startMs !== endMs, { error: emptyRange, path: ['endMs'] }),
    z.refine(
      ({ minDurationNs, maxDurationNs }) =>
        minDurationNs === undefined || maxDurationNs === undefined || minDurationNs <= maxDurationNs,
      { error: 'The shortest duration is longer than the longest.', path: ['minDurationNs'] },
    ),
  )

/** The `query` of a search. */
export const traceQuerySchema: z.ZodMiniType<TraceQuery> = z.pipe(
  traceQueryFields,
  // JSON leaves out what is undefined.
  z.transform(({ minDurationNs, maxDurationNs, ...rest }) => ({ ...rest, minDurationNs, maxDurationNs })),
)

/** What the body of `POST /api/opened` says of the files that are handed over. */
export const openedBeginSchema = z.object(
  {
    id: z
      .string({ error: 'The id must be text.' })
      .check(z.regex(/^files:[\w,-]{1,1000}$/, { error: 'The id must be files: and the ids of files.' })),
    name: text('The name', 200),
    place: text('The place', 4_000),
    openedMs: z.number({ error: 'When they were opened must be a number.' }),
  },
  { error: 'The files must be named.' },
)

/** What a person said of a source. */
export const correctionSchema = z.object({
  service: z.exactOptional(text('The label of services', 1_000)),
  names: z.exactOptional(z.record(z.string(), text('The name of a service', 1_000))),
  trace: z.exactOptional(
    z.object({
      in: z.enum(['metadata', 'field', 'text', 'nowhere']),
      name: text('What names traces', 1_000),
    }),
  ),
  clocks: z.exactOptional(z.record(z.string(), z.number())),
  exemplar: z.exactOptional(text('The label of exemplars', 1_000)),
  histograms: z.exactOptional(z.record(z.string(), text('The name of a histogram', 1_000))),
  holds: z.exactOptional(z.record(z.string(), z.boolean())),
})

/** `Preferences`; keys of a newer Clew pass through. */
export const preferencesSchema: z.ZodMiniType<Preferences> = z.looseObject(
  {
    theme: z.enum(['system', 'light', 'dark'], { error: 'The theme must be system, light or dark.' }),
    recent: z
      .array(
        z.object({
          name: text('The name of a recent item', 4_000),
          kind: text('The kind of a recent item', 200),
          holds: text('What a recent item holds', 4_000),
          href: text('The link of a recent item', 20_000),
          openedMs: z.number(),
          sizeBytes: z.number(),
        }),
        { error: 'The recent items must be a list.' },
      )
      .check(z.maxLength(100, { error: 'There are more than 100 recent items.' })),
    sizes: z.record(z.string(), z.number(), { error: 'The sizes must be numbers by name.' }),
    repeatsFolded: z.optional(z.boolean({ error: 'Whether repeats are folded must be true or false.' })),
    traceLines: z.exactOptional(
      z.enum(['none', 'error', 'warn', 'all'], {
        error: 'The log lines of traces must be none, error, warn or all.',
      }),
    ),
    demoEnded: z.optional(z.boolean({ error: 'Whether the demo was ended must be true or false.' })),
    guideHidden: z.optional(z.boolean({ error: 'Whether the guide is hidden must be true or false.' })),
    timeZone: z.enum(['utc', 'local'], { error: 'The time zone must be utc or local.' }),
    queries: z.exactOptional(
      z.record(z.string(), z.array(text('A query', 10_000)).check(z.maxLength(1_000)), {
        error: 'The queries must be lists by language.',
      }),
    ),
    facts: z.exactOptional(
      z.record(z.string(), correctionSchema, { error: 'What was said of sources must stand by their ids.' }),
    ),
    mapPlaces: z.exactOptional(
      z.record(text('The name of a service', 1_000), z.tuple([z.number(), z.number()]), {
        error: 'The places on the map must be pairs of numbers by name.',
      }),
    ),
    grafana: z.exactOptional(
      z.object(
        {
          url: text('The address of Grafana', 4_000),
          names: z.record(z.string(), text('The name of a source in Grafana', 1_000)),
        },
        { error: 'Where Grafana is must be an address, with the names of sources there.' },
      ),
    ),
    serviceSlots: z.exactOptional(
      z.record(z.string(), z.int().check(z.minimum(1), z.maximum(24)), {
        error: 'The colours of services must be slots by name.',
      }),
    ),
  },
  { error: 'The preferences must be an object.' },
)

/** The first mistake as a sentence for the screen, with where it is unless the sentence says so. */
export function sentenceOf(error: z.core.$ZodError): string {
  const [issue] = error.issues
  if (issue === undefined) return 'The request cannot be read.'
  if (issue.message.endsWith('.')) return issue.message
  return `The field ${issue.path.map(String).join('.') || 'body'} cannot be used: ${issue.message}.`
}
