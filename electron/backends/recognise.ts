/** What really answers at an address that is not what it is taken for: another product, or the right one under another path. */
import * as z from 'zod/mini'
import { productNames } from '#shared/api/new-source'
import type { ServerKind } from '#shared/api/contract'
import type { SourceClient } from './http.ts'
import { signs, type Sign } from './signs.ts'
import { failure, SourceError } from './source-error.ts'

const grafanaHealth = z.object({ database: z.literal('ok') })

const askGrafana: Sign = async (client, ask) => {
  await client.json('/api/health', grafanaHealth, ask)
}

/** Failures that may come from asking the wrong product; the others (refused, timeout, 401…) say what they are. */
const mayBeWrong = new Set(['not-found', 'wrong-product', 'bad-answer', 'empty-answer', 'bad-query'])

/** The same failure, or a clearer one when the product answers nearby, or another one there. */
export async function recognise(
  client: SourceClient,
  thrown: SourceError,
  signal: AbortSignal,
): Promise<SourceError> {
  if (!mayBeWrong.has(thrown.error.kind)) return thrown
  const { kind, url } = client.target
  const { detail, status } = thrown.error
  const wanted = productNames[kind]
  // Five questions at once, then five more: a client asks no more at once, and time in its queue is not taken off the time limit.
  const elsewhere = await firstOf(otherPrefixes(url, kind), (prefix) =>
    gives(signs[kind], client, { signal, prefix }),
  )
  if (elsewhere !== undefined) {
    const right = new URL(url).origin + elsewhere
    return failure('not-found', `${wanted} answers at ${right}, not at ${url}.`, 'Use that address.', {
      status,
    })
  }
  const others = (Object.keys(signs) as ServerKind[]).filter((one) => one !== kind)
  const [other, isGrafana] = await Promise.all([
    firstOf(others, (one) => gives(signs[one], client, { signal })),
    gives(askGrafana, client, { signal }),
  ])
  if (other !== undefined) {
    const found = productNames[other]
    return failure(
      'wrong-product',
      `This is a ${found}; choose ${found} as its kind.`,
      `Or enter the address of a ${wanted}.`,
      { detail, status },
    )
  }
  return isGrafana
    ? failure(
        'wrong-product',
        `This is Grafana, not ${wanted}.`,
        'Paste the address of a data source of Grafana, and add a service account token as bearer token.',
        { detail, status },
      )
    : thrown
}

/**
 * Up to five path prefixes of the same server where the product may be instead: one level up, none at all, and its own name under
 * each. Further levels are not tried, because every one is a request or two.
 */
function otherPrefixes(url: string, kind: ServerKind): readonly string[] {
  const given = new URL(url).pathname.replace(/\/$/, '')
  const bases = [given, given.slice(0, Math.max(0, given.lastIndexOf('/'))), '']
  const prefixes = bases.flatMap((base) => [base, `${base}/${kind}`])
  return [...new Set(prefixes)].filter((prefix) => prefix !== given)
}

/** The first, in the order given, that passes; all are tried at once. */
async function firstOf<Candidate>(
  candidates: readonly Candidate[],
  passes: (candidate: Candidate) => Promise<boolean>,
): Promise<Candidate | undefined> {
  const passed = await Promise.all(candidates.map(passes))
  return candidates.find((_, index) => passed[index])
}

async function gives(sign: Sign, ...asked: Parameters<Sign>): Promise<boolean> {
  try {
    await sign(...asked)
    return true
  } catch (thrown) {
    // It is not this one: that is an answer.
    if (thrown instanceof SourceError) return false
    throw thrown
  }
}
