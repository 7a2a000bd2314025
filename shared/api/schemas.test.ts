import { describe, expect, it } from 'vitest'
import { preferencesSchema, sentenceOf, sourceInputSchema, traceQuerySchema } from './schemas'

const input = {
  name: 'shop',
  kind: 'jaeger',
  url: 'http://localhost:16686',
  auth: { kind: 'none' },
  headers: [],
  tenant: '',
  tls: { ca: '', clientCert: '', clientKey: { kind: 'none' }, skipVerify: false },
  timeoutMs: 30_000,
}

const query = {
  service: 'order',
  operation: '',
  tags: [],
  errorsOnly: false,
  startMs: 1,
  endMs: 2,
  limit: 20,
  traceql: '',
}

const header = (name: string, value: string) => ({ headers: [{ name, value: { kind: 'new', value } }] })

function sentence(schema: { safeParse: typeof sourceInputSchema.safeParse }, value: unknown): string {
  const result = schema.safeParse(value)
  return result.success ? 'accepted' : sentenceOf(result.error)
}

describe('a connection from the page', () => {
  it('is accepted as the contract has it', () => {
    expect(sourceInputSchema.parse(input)).toEqual(input)
  })

  it('loses fields the contract does not have', () => {
    expect(sourceInputSchema.parse({ ...input, id: 'x', lasts: 'kept' })).toEqual(input)
  })

  it.each([
    [undefined, 'A connection must be given.'],
    [{ ...input, name: 7 }, 'The name must be text.'],
    [{ ...input, kind: 'grafana' }, 'The kind must be one of jaeger, tempo, zipkin, loki, prometheus.'],
    [{ ...input, url: 'x'.repeat(5000) }, 'The address is longer than 4000 characters.'],
    [{ ...input, auth: { kind: 'digest' } }, 'The authentication must be none, basic or bearer.'],
    [
      { ...input, auth: { kind: 'basic', user: 'a:b', password: { kind: 'none' } } },
      'The user may not contain a colon.',
    ],
    [{ ...input, auth: { kind: 'bearer', token: 'abc' } }, 'The token must be given as new, kept or none.'],
    [
      { ...input, auth: { kind: 'bearer', token: { kind: 'new', value: 'a\r\nx-evil: 1' } } },
      'The token has a line break or a character that no header can carry.',
    ],
    [
      { ...input, ...header('x y', 'v') },
      'The name of a header may hold only letters, digits and -, without spaces.',
    ],
    [
      { ...input, ...header('Host', 'else.test') },
      'The header Host cannot be set: every request says it by itself.',
    ],
    [
      { ...input, ...header('transfer-encoding', 'chunked') },
      'The header transfer-encoding cannot be set: every request says it by itself.',
    ],
    [
      { ...input, ...header('x', 'a\nb') },
      'The value of a header has a line break or a character that no header can carry.',
    ],
    [{ ...input, tls: undefined }, 'The TLS options are missing.'],
    [{ ...input, timeoutMs: 5 }, 'The timeout must be at least 0.1 s.'],
    [{ ...input, timeoutMs: Number.NaN }, 'The timeout must be a number of milliseconds.'],
  ])('with a mistake gets a sentence (%#)', (value, expected) => {
    expect(sentence(sourceInputSchema, value)).toBe(expected)
  })

  it('never repeats a secret in the sentence', () => {
    const auth = { kind: 'bearer', token: { kind: 'new', value: 'hunter2\n' } }
    expect(sentence(sourceInputSchema, { ...input, auth })).not.toContain('hunter2')
  })
})

describe('a search from the page', () => {
  it('gets back the durations that JSON left out', () => {
    expect(traceQuerySchema.parse(query)).toEqual({
      ...query,
      minDurationNs: undefined,
      maxDurationNs: undefined,
    })
  })

  it.each([
    [{ ...query, endMs: 0 }, 'The time range ends before it starts.'],
    [{ ...query, endMs: query.startMs }, 'The time range is empty: it ends as it starts.'],
    [{ ...query, limit: 0 }, 'The limit must be at least 1.'],
    [{ ...query, limit: 1.5 }, 'The limit must be a whole number.'],
    [{ ...query, tags: [{ key: 'a' }] }, 'The value of a tag must be text.'],
    [{ ...query, minDurationNs: 2, maxDurationNs: 1 }, 'The shortest duration is longer than the longest.'],
    [{ ...query, startMs: -1 }, 'The start lies before 1970.'],
    ['x', 'A search must be given.'],
  ])('with a mistake gets a sentence (%#)', (value, expected) => {
    expect(sentence(traceQuerySchema as never, value)).toBe(expected)
  })
})

describe('preferences from the page', () => {
  it('keep keys of a newer Clew', () => {
    const preferences = { theme: 'dark', recent: [], sizes: { detail: 320 }, timeZone: 'utc', later: [1] }
    expect(preferencesSchema.parse(preferences)).toEqual(preferences)
  })

  it('keep the colour slots of services, which may be missing', () => {
    const preferences = { theme: 'dark', recent: [], sizes: {}, timeZone: 'utc', serviceSlots: { order: 3 } }
    expect(preferencesSchema.parse(preferences)).toEqual(preferences)
    expect(sentence(preferencesSchema as never, { ...preferences, serviceSlots: 'red' })).toBe(
      'The colours of services must be slots by name.',
    )
  })

  it('with a mistake get a sentence', () => {
    const preferences = { theme: 'pink', recent: [], sizes: {}, timeZone: 'utc' }
    expect(sentence(preferencesSchema as never, preferences)).toBe('The theme must be system, light or dark.')
  })
})
