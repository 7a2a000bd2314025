/** Which product really answers at an address, when it is not the one it is taken for. */
import { productNames } from '#shared/api/new-source'
import type { SourceKind } from '#shared/api/contract'
import type { SourceClient } from './http.ts'
import { failure, SourceError, type SourceError as Failure } from './source-error.ts'

interface Fingerprint {
  readonly product: string
  readonly kind: SourceKind | undefined
  readonly path: string
  readonly fits: (text: string) => boolean
}

/** One cheap route per product that no other answers so. */
const fingerprints: readonly Fingerprint[] = [
  {
    product: 'Prometheus',
    kind: 'prometheus',
    path: '/api/v1/status/buildinfo',
    fits: (text) => /"status"\s*:\s*"success"/.test(text),
  },
  {
    product: 'Loki',
    kind: 'loki',
    path: '/loki/api/v1/status/buildinfo',
    fits: (text) => /"version"\s*:/.test(text) && text.trimStart().startsWith('{'),
  },
  { product: 'Tempo', kind: 'tempo', path: '/api/echo', fits: (text) => text.trim() === 'echo' },
  {
    product: 'Jaeger',
    kind: 'jaeger',
    path: '/api/services',
    fits: (text) => /^\s*\{\s*"data"\s*:/.test(text) && /"errors"\s*:/.test(text),
  },
  {
    product: 'Jaeger',
    kind: 'jaeger',
    path: '/api/v3/services',
    fits: (text) => /^\s*\{\s*"services"\s*:\s*\[/.test(text),
  },
  { product: 'Zipkin', kind: 'zipkin', path: '/api/v2/services', fits: (text) => /^\s*\[/.test(text) },
  {
    product: 'Grafana',
    kind: undefined,
    path: '/api/health',
    fits: (text) => /"database"\s*:\s*"ok"/.test(text),
  },
]

/** Failures that may come from asking the wrong product; the others (refused, timeout, 401…) say what they are. */
const mayBeWrong = new Set(['not-found', 'wrong-product', 'bad-answer', 'empty-answer', 'bad-query'])

/** The same failure, or a clearer one when another product answers its own question there. */
export async function recognise(
  client: SourceClient,
  thrown: SourceError,
  signal: AbortSignal,
): Promise<Failure> {
  if (!mayBeWrong.has(thrown.error.kind)) return thrown
  const { kind } = client.target
  const answers = await Promise.all(
    fingerprints
      .filter((fingerprint) => fingerprint.kind !== kind)
      .map(async (fingerprint) => {
        try {
          return fingerprint.fits(await client.text(fingerprint.path, { signal })) ? fingerprint : undefined
        } catch (cause) {
          // It is not this one: that is an answer.
          if (cause instanceof SourceError) return undefined
          throw cause
        }
      }),
  )
  const found = answers.find((fingerprint) => fingerprint !== undefined)
  if (found === undefined) return thrown
  const said = { detail: thrown.error.detail, status: thrown.error.status }
  const wanted = productNames[kind]
  return found.kind === undefined
    ? failure(
        'wrong-product',
        `This is ${found.product}, not ${wanted}.`,
        'Paste the address of a data source of Grafana, and add a service account token as bearer token.',
        said,
      )
    : failure(
        'wrong-product',
        `This is a ${found.product}; choose ${found.product} as its kind.`,
        `Or enter the address of a ${wanted}.`,
        said,
      )
}
