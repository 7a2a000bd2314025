import { expect, test } from 'vitest'
import type { ErrorKind, ProbeReport } from '#shared/api/contract'
import { type Guess, mostTelling } from './most-telling'

const guess = (kind: string, error: ErrorKind | undefined): Guess<string> => ({
  kind,
  report: {
    ok: error === undefined,
    error: error && { kind: error, message: '', advice: '', detail: undefined, status: undefined },
  } as ProbeReport,
})

test.each<[string, readonly Guess<string>[], string | undefined]>([
  [
    'what passed is meant',
    [guess('jaeger', 'unauthorized'), guess('tempo', undefined), guess('loki', undefined)],
    'tempo',
  ],
  [
    'a server that wants a tenant says more than one that knows no such route',
    [guess('jaeger', 'not-found'), guess('tempo', 'forbidden'), guess('loki', 'needs-tenant')],
    'loki',
  ],
  [
    'where all say the same, the kind that is set stays',
    [guess('tempo', 'unauthorized'), guess('jaeger', 'unauthorized')],
    'jaeger',
  ],
  [
    'another product and silence tell nothing',
    [guess('jaeger', 'wrong-product'), guess('tempo', 'timeout'), guess('loki', 'not-found')],
    undefined,
  ],
])('%s', (_, guesses, kind) => {
  expect(mostTelling(guesses, 'jaeger')?.kind).toBe(kind)
})
