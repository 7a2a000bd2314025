import { setTimeout as pause } from 'node:timers/promises'
import { deepestCause } from '../../electron/backends/network-error.ts'

export type Signal = 'traces' | 'logs' | 'metrics'

const emptyRequests: Readonly<Record<Signal, string>> = {
  traces: '{"resourceSpans":[]}',
  logs: '{"resourceLogs":[]}',
  metrics: '{"resourceMetrics":[]}',
}

/** A server that takes OTLP over HTTP. */
export interface Target {
  readonly url: string
  /** Those it takes. */
  readonly signals: readonly Signal[]
  /** Sends a request; asks again while the server is busy. What it leaves out of it is told, what it refuses throws. */
  send(signal: Signal, body: string): Promise<Rejected | undefined>
}

/** A part of a request that the server did not take. */
export interface Rejected {
  readonly count: number
  /** The server's own words. */
  readonly reason: string
}

/** No answer came. */
class Unreachable extends Error {}

/** Statuses after which OTLP says to ask again. */
const busy: ReadonlySet<number> = new Set([429, 502, 503, 504])
const pausesMs = [500, 1000, 2000, 4000]

/** Finds out what a server takes. Throws in a sentence when it cannot be reached, or takes nothing. */
export async function openTarget(url: string, stop: AbortSignal): Promise<Target> {
  const signals: Signal[] = []
  const refusals: string[] = []
  for (const signal of ['traces', 'logs', 'metrics'] as const) {
    const { status, text } = await post(url, signal, emptyRequests[signal], stop)
    if (status === 401 || status === 403)
      throw new Error(`${url} wants to know who sends: it answered ${status}. ${firstWords(text)}`)
    if (status === 404 || status === 405 || status === 501)
      refusals.push(`${signal}: ${status} ${firstWords(text)}`)
    else signals.push(signal)
  }
  if (signals.length === 0)
    throw new Error(`${url} takes neither traces nor logs nor metrics over OTLP (${refusals.join('; ')}).`)
  return { url, signals, send: (signal, body) => send(url, signal, body, stop) }
}

async function send(
  url: string,
  signal: Signal,
  body: string,
  stop: AbortSignal,
): Promise<Rejected | undefined> {
  for (let attempt = 0; ; attempt++) {
    const isLast = attempt === pausesMs.length
    try {
      const { status, text } = await post(url, signal, body, stop)
      if (status >= 200 && status < 300) return rejectedIn(text)
      if (isLast || !busy.has(status))
        throw new Error(`${url} refused ${signal}: it answered ${status}. ${firstWords(text)}`)
    } catch (cause) {
      // A server may close a connection that was idle for a while, or be started anew.
      if (isLast || !(cause instanceof Unreachable)) throw cause
    }
    await pause(pausesMs[attempt], undefined, { signal: stop })
  }
}

async function post(
  url: string,
  signal: Signal,
  body: string,
  stop: AbortSignal,
): Promise<{ readonly status: number; readonly text: string }> {
  try {
    const answer = await fetch(`${url}/v1/${signal}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body,
      signal: stop,
    })
    return { status: answer.status, text: await answer.text() }
  } catch (cause) {
    if (stop.aborted) throw cause
    throw new Unreachable(`${url} could not be reached: ${causeText(cause)}.`, { cause })
  }
}

function causeText(thrown: unknown): string {
  const { code, message } = deepestCause(thrown)
  return code === undefined ? message : `${message} (${code})`
}

/** Partial success, as OTLP calls it. */
function rejectedIn(text: string): Rejected | undefined {
  let answer: unknown
  try {
    answer = JSON.parse(text)
  } catch {
    // Some servers answer nothing, or in protobuf: they took it all.
    return undefined
  }
  const { partialSuccess } = (answer ?? {}) as { partialSuccess?: Record<string, number | string> }
  const { rejectedSpans, rejectedLogRecords, rejectedDataPoints, errorMessage } = partialSuccess ?? {}
  const count = Number(rejectedSpans ?? rejectedLogRecords ?? rejectedDataPoints ?? 0)
  return count > 0 ? { count, reason: String(errorMessage ?? '') } : undefined
}

function firstWords(text: string): string {
  return text.replaceAll(/\s+/g, ' ').trim().slice(0, 200)
}
