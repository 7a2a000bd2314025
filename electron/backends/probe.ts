/** *Test* of a connection: what is there, how its clock goes, and what is wrong in plain words. */
import { productNames } from '#shared/api/new-source'
import type { ApiError, ProbeReport } from '#shared/api/contract'
import type { Findings } from './backend.ts'
import { withoutSecretsOf } from './blot.ts'
import { createBackend } from './create-backend.ts'
import { limitMs, withinTime } from './deadline.ts'
import { isLoopback } from './dispatcher.ts'
import type { SourceClient } from './http.ts'
import { recognise } from './recognise.ts'
import { failure, SourceError } from './source-error.ts'
import type { SourceTarget } from './target.ts'

/** A clock that is further off than this shows in time ranges. */
const noteworthyMs = 5_000

/** Slower than this is said: who searches there should know that waiting helps. */
const slowMs = 2_000

/** Asks a source what it is, waiting `timeoutMs` at most for each of its answers, and as long as it is given for all. Never rejects, except when it is stopped: a failed test is a report too. */
export function probeSource(
  client: SourceClient,
  signal: AbortSignal,
  timeoutMs = client.target.timeoutMs,
): Promise<ProbeReport> {
  const wholeMs = client.target.timeoutMs
  return withinTime(Math.min(timeoutMs, wholeMs), () => probeWithin(client, signal), wholeMs)
}

async function probeWithin(client: SourceClient, signal: AbortSignal): Promise<ProbeReport> {
  const { target } = client
  const startMs = performance.now()
  try {
    const found = inCleanWords(target, await createBackend(client).probe(signal))
    const clock = client.clock()
    return {
      ok: true,
      ...found,
      clockDifferenceMs: clock?.differenceMs,
      roundTripMs: Math.round(clock?.roundTripMs ?? performance.now() - startMs),
      notes: [
        ...found.notes,
        ...slowNotes(clock?.roundTripMs),
        ...tenantNotes(target, found.seen?.total),
        ...clockNotes(clock?.differenceMs),
        ...safetyNotes(target),
      ],
      error: undefined,
    }
  } catch (thrown) {
    if (signal.aborted) throw thrown
    const error = await explain(client, thrown, signal)
    return {
      ok: false,
      product: productNames[target.kind],
      version: undefined,
      api: undefined,
      seen: undefined,
      clockDifferenceMs: client.clock()?.differenceMs,
      roundTripMs: Math.round(client.clock()?.roundTripMs ?? performance.now() - startMs),
      notes: safetyNotes(target),
      error,
    }
  }
}

/** What a server says of itself may repeat what it was asked with, like its errors. */
function inCleanWords(target: SourceTarget, found: Findings): Findings {
  const clean = (words: string): string => withoutSecretsOf(target, words)
  return {
    ...found,
    product: clean(found.product),
    version: found.version === undefined ? undefined : clean(found.version),
    notes: found.notes.map(clean),
  }
}

async function explain(client: SourceClient, thrown: unknown, signal: AbortSignal): Promise<ApiError> {
  if (thrown instanceof SourceError)
    return withTestAdvice((await recognise(client, thrown, signal)).error, client.target)
  return failure('internal', `The test of ${client.target.name} failed inside Clew.`, 'Please report this.', {
    detail: thrown instanceof Error ? thrown.message : String(thrown),
  }).error
}

/** A test asks for next to nothing: what helps a search that is too much does not help it. */
function withTestAdvice(error: ApiError, { kind, timeoutMs }: SourceTarget): ApiError {
  const { status } = error
  if (error.kind === 'timeout' && limitMs(timeoutMs) === timeoutMs)
    return {
      ...error,
      advice:
        status === undefined
          ? 'Check the address and that the server is running, or give it more time in its connection settings.'
          : 'Check the address; the log of the server, or of the proxy before it, may say more.',
    }
  if (error.kind === 'too-large')
    return {
      ...error,
      advice: `Check that the address leads to ${productNames[kind]}; its log may say more.`,
    }
  // The others of this kind say that the server is not running.
  if (error.kind === 'server-error' && status !== 502 && status !== 503)
    return { ...error, advice: 'Check the address; the log of the server says more.' }
  return error
}

/** A tenant that does not exist answers like one without data. */
function tenantNotes({ tenant }: SourceTarget, seenTotal: number | undefined): string[] {
  return tenant === '' || seenTotal !== 0
    ? []
    : [`Nothing is there for the tenant “${tenant}”: check its spelling.`]
}

function slowNotes(roundTripMs = 0): string[] {
  return roundTripMs < slowMs
    ? []
    : [`It is slow: an answer took ${Math.round(roundTripMs / 100) / 10} s. Searches and traces take longer.`]
}

function clockNotes(differenceMs: number | undefined): string[] {
  if (differenceMs === undefined || Math.abs(differenceMs) < noteworthyMs) return []
  const seconds = Math.round(Math.abs(differenceMs) / 1000)
  const span = seconds < 120 ? `${seconds} s` : `${Math.round(seconds / 60)} min`
  return [
    differenceMs > 0
      ? `Its clock is ${span} ahead of this machine’s: its newest traces lie in the future here.`
      : `Its clock is ${span} behind this machine’s: a search of the last minutes may find nothing.`,
  ]
}

function safetyNotes({ url, tls, auth, headers }: SourceTarget): string[] {
  const { protocol, hostname } = new URL(url)
  const notes: string[] = []
  if (protocol === 'https:' && tls.skipVerify) {
    notes.push(
      'Its certificate is not checked: anyone between here and there could read and change what is sent.',
    )
  }
  if (protocol === 'http:' && !isLoopback(hostname) && (auth.kind !== 'none' || headers.length > 0)) {
    notes.push('Its credentials travel without encryption: prefer https.')
  }
  return notes
}
