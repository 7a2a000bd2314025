/** Asking one source: small answers as checked JSON, large ones as streams. */
import * as z from 'zod/mini'
import { readingsOfCut } from '#shared/base/cut-json'
import { createGate } from '#shared/base/gate'
import {
  emptyError,
  htmlError,
  jsonError,
  nothingError,
  refusalError,
  shapeError,
  statusError,
  wrongTypeError,
  type FailedAnswer,
} from './answer-error.ts'
import { isBlank, peek, readStart, readText } from './bytes.ts'
import { createConnections, type Environment } from './dispatcher.ts'
import { isEnough } from './enough.ts'
import { exchange, type Exchange, type UpstreamFetch } from './exchange.ts'
import { requestHeaders } from './request-headers.ts'
import { isHtml } from './server-words.ts'
import { cancelled } from './source-error.ts'
import { openSocket } from './socket.ts'
import type { SourceTarget } from './target.ts'
import { askUpstream } from './upstream.ts'

// zod would otherwise try to compile code at run time, which Electron's fuses and our own rules do without.
z.config({ jitless: true })

/** How much is taken from a source, and how much is asked at once. */
export interface Limits {
  /** Of an answer that is read as a whole. */
  readonly answerBytes: number
  /** Of an answer that is passed on as it comes. */
  readonly streamBytes: number
  /** Requests under way to one source. Chromium opens no more to us. */
  readonly requests: number
}

/** 64 MB, 4 GB, six at once. */
export const defaultLimits: Limits = { answerBytes: 64e6, streamBytes: 4e9, requests: 6 }

/** Values of the query part of a URL; undefined ones are left out. */
export type Params = Readonly<Record<string, string | number | boolean | undefined>>

/** What is asked for. */
export interface Ask {
  readonly signal: AbortSignal
  readonly params?: Params
  readonly accept?: string
  /** Hears that the answer was ended early (enough.ts) and what came of it is given; without it such an answer is none. */
  readonly onCut?: () => void
  /** Sent besides those of every request. */
  readonly headers?: Readonly<Record<string, string>>
  /** Of a streamed answer, where it is less than the limit of them all. */
  readonly limitBytes?: number
  /** The server takes `params` posted as a form as well, which is done where they would make a long URL. */
  readonly takesForm?: boolean
  /** Path of the same server to ask under, in place of the one in the source's address: empty, or from its slash on. */
  readonly prefix?: string
}

/** A body that is passed on; it begins as its type says. */
export interface StreamedAnswer {
  readonly contentType: string
  /** Undefined where the server does not say, or packed the bytes on the way. */
  readonly lengthBytes: number | undefined
  readonly first: Uint8Array
  /** `first` is all there is. */
  readonly ended: boolean
  readonly body: ReadableStream<Uint8Array>
}

/** What the server's clock says compared with ours. */
export interface ClockReading {
  /** Server's less ours, milliseconds; 0 where the difference is within what can be told. */
  readonly differenceMs: number
  readonly roundTripMs: number
}

/** One source that can be asked. Every rejection is a SourceError. */
export interface SourceClient {
  readonly target: SourceTarget
  /** A 2xx answer as JSON of the given shape. */
  json<Value>(path: string, shape: z.ZodMiniType<Value>, ask: Ask): Promise<Value>
  /** A 2xx answer as text, whatever its type; at most 1 MB of it. */
  text(path: string, ask: Ask): Promise<string>
  /** A 2xx answer of JSON or protobuf as a stream. */
  stream(path: string, ask: Ask): Promise<StreamedAnswer>
  /** A WebSocket, once it is open, as the texts it sends. */
  socket(path: string, ask: Ask): Promise<ReadableStream<string>>
  /** The most precise reading so far; undefined before the first answer or when the server tells no time. */
  clock(): ClockReading | undefined
  /** Lets what is under way end, then closes the connections. */
  retire(): Promise<void>
  /** Stops everything under way and closes the connections. */
  close(): Promise<void>
}

/** What tests and shells may choose. */
export interface ClientOptions {
  readonly fetch?: UpstreamFetch
  readonly limits?: Partial<Limits>
  /** The process's own unless a test gives another. */
  readonly environment?: Environment
}

/** The first bytes that tell what an answer is: enough for an empty trace with its statistics. */
const peekBytes = 2048
/** Parameters longer than this are posted: many servers and what stands before them take 8 kB of a URL. */
const longestQuery = 4_000
/** What a server, or what stands before it, says where it takes no POST. */
const takesNoPost = new Set([403, 405, 501])
const formType = { 'content-type': 'application/x-www-form-urlencoded' }
/** How much of a failed answer is read for the server's words. */
const errorBytes = 64 * 1024

/** A client of one source; nothing is asked yet. */
export function createSourceClient(target: SourceTarget, options: ClientOptions = {}): SourceClient {
  const limits = { ...defaultLimits, ...options.limits }
  const fetch = options.fetch ?? askUpstream
  const gate = createGate(limits.requests)
  const closing = new AbortController()
  const connections = options.fetch === undefined ? createConnections(target, options.environment) : undefined
  let clock: ClockReading | undefined

  async function send(path: string, ask: Ask, limitBytes: number): Promise<Exchange> {
    const query = queryText(ask.params)
    if (ask.takesForm === true && query.length > longestQuery) {
      const answer = await sendOnce(path, ask, limitBytes, query.slice(1))
      if (!takesNoPost.has(answer.status)) return answer
      await answer.body.cancel()
    }
    return sendOnce(path + query, ask, limitBytes)
  }

  async function sendOnce(place: string, ask: Ask, limitBytes: number, form?: string): Promise<Exchange> {
    const headers = {
      ...requestHeaders(target, ask.accept ?? 'application/json'),
      ...ask.headers,
      ...(form === undefined ? {} : formType),
    }
    const base = ask.prefix === undefined ? target.url : new URL(target.url).origin + ask.prefix
    let url = base + place
    for (let hops = 0; ; hops++) {
      const answer = await exchange(url, {
        target,
        headers,
        form,
        fetch,
        dispatcher: connections?.dispatcher,
        usesProxy: connections?.usesProxy ?? false,
        refusal: connections?.refusal,
        gate,
        limitBytes,
        signals: [ask.signal, closing.signal],
      })
      clock = better(clock, readClock(answer))
      const next = redirectWithin(url, answer, hops)
      if (next === undefined) return answer
      await answer.body.cancel()
      url = next
    }
  }

  async function ok(path: string, ask: Ask, limitBytes: number): Promise<Exchange> {
    const answer = await send(path, ask, limitBytes)
    if (answer.status >= 200 && answer.status < 300) return answer
    answer.limitWhole()
    const text = await readStart(answer.body, errorBytes)
    throw statusError(target, failed(answer, path, text))
  }

  return {
    target,
    async json(path, shape, ask) {
      const answer = await ok(path, ask, limits.answerBytes)
      answer.limitWhole()
      const text = await readText(answer.body)
      if (isEnough(ask.signal)) return whatCame(text, shape, ask)
      if (text === '') throw emptyError(target, path, answer.status)
      if (text.trim() === '') throw nothingError(target, path, answer.status, 'blanks')
      if (isHtml(text)) throw htmlError(target, failed(answer, path, text))
      const value = parseJson(text, path, answer)
      const result = shape.safeParse(value)
      // Where a list is asked for, Go's programs write an empty one so.
      if (!result.success && value === null) throw nothingError(target, path, answer.status, 'null')
      if (!result.success)
        throw refusalError(target, value) ?? shapeError(target, path, shapeWords(result.error))
      return result.data
    },
    async text(path, ask) {
      const answer = await ok(path, { accept: '*/*', ...ask }, limits.answerBytes)
      answer.limitWhole()
      return readStart(answer.body, 1e6)
    },
    async stream(path, ask) {
      const answer = await ok(path, ask, Math.min(limits.streamBytes, ask.limitBytes ?? Infinity))
      const peeked = await peek(answer.body, peekBytes)
      const contentType = answer.headers.get('content-type') ?? ''
      if (!/protobuf|octet-stream/i.test(contentType) && !startsAsJson(peeked.first)) {
        answer.limitWhole()
        if (peeked.first.length === 0) throw emptyError(target, path, answer.status)
        if (peeked.first.every(isBlank)) {
          await peeked.body.cancel()
          throw nothingError(target, path, answer.status, 'blanks')
        }
        const text = await readStart(peeked.body, errorBytes)
        if (text.trim() === 'null') throw nothingError(target, path, answer.status, 'null')
        throw wrongTypeError(target, failed(answer, path, text))
      }
      const packed = answer.headers.has('content-encoding')
      const length = answer.headers.get('content-length')
      return {
        contentType: contentType === '' ? 'application/json' : contentType,
        lengthBytes: packed || length === null ? undefined : Number(length),
        ...peeked,
      }
    },
    socket(path, ask) {
      const headers = { ...requestHeaders(target, ask.accept ?? '*/*'), ...ask.headers }
      return openSocket(target.url + path + queryText(ask.params), {
        target,
        headers,
        dispatcher: connections?.dispatcher,
        signals: [ask.signal, closing.signal],
      })
    },
    clock: () => clock,
    async retire() {
      await connections?.dispatcher.close()
    },
    async close() {
      closing.abort()
      await connections?.dispatcher.destroy()
    },
  }

  function parseJson(text: string, path: string, answer: Exchange): unknown {
    try {
      return JSON.parse(text)
    } catch (thrown) {
      // The type decides whether it is broken JSON or something else altogether.
      const declared = /json/i.test(answer.headers.get('content-type') ?? '')
      if (!declared && !/^\s*[[{]/.test(text)) throw wrongTypeError(target, failed(answer, path, text))
      throw jsonError(target, path, text, thrown)
    }
  }
}

/** What an answer that was ended early holds, as far as it has the shape that is asked for. */
function whatCame<Value>(text: string, shape: z.ZodMiniType<Value>, ask: Ask): Value {
  if (ask.onCut)
    for (const reading of readingsOfCut(text)) {
      const result = shape.safeParse(JSON.parse(reading))
      if (!result.success) continue
      ask.onCut()
      return result.data
    }
  throw cancelled()
}

function failed(answer: Exchange, path: string, text: string): FailedAnswer {
  return { status: answer.status, headers: answer.headers, text, path }
}

function queryText(params: Params | undefined): string {
  const query = new URLSearchParams()
  for (const [name, value] of Object.entries(params ?? {}))
    if (value !== undefined) query.set(name, String(value))
  const text = query.toString()
  return text === '' ? '' : `?${text}`
}

/** Where a redirect leads, if that is the same server and not a login; credentials must not travel further. */
function redirectWithin(url: string, { status, headers }: Exchange, hops: number): string | undefined {
  const location = headers.get('location')
  if (![301, 302, 303, 307, 308].includes(status) || location === null || hops >= 3) return undefined
  const next = URL.parse(location, url)
  if (
    next === null ||
    next.origin !== new URL(url).origin ||
    /\b(log-?in|oauth2?|sso|sign-?in)\b/i.test(next.pathname)
  ) {
    return undefined
  }
  return next.href
}

/** The Date header has whole seconds: the moment meant lies within the second after it. */
function readClock({ headers, roundTripMs }: Exchange): ClockReading | undefined {
  const date = headers.get('date')
  // An answer from a cache tells the time of long ago.
  if (date === null || headers.has('age')) return undefined
  const serverMs = Date.parse(date) + 500
  if (Number.isNaN(serverMs)) return undefined
  const difference = serverMs - (Date.now() - roundTripMs / 2)
  const uncertain = 500 + roundTripMs / 2
  return {
    differenceMs: Math.abs(difference) <= uncertain ? 0 : Math.round(difference / 1000) * 1000,
    roundTripMs,
  }
}

function better(before: ClockReading | undefined, now: ClockReading | undefined): ClockReading | undefined {
  if (before === undefined || now === undefined) return now ?? before
  return now.roundTripMs < before.roundTripMs ? now : before
}

function startsAsJson(first: Uint8Array): boolean {
  for (const byte of first) {
    if (byte === 0x7b || byte === 0x5b) return true
    // Blanks, and the three bytes of a byte order mark.
    if (!isBlank(byte) && ![0xef, 0xbb, 0xbf].includes(byte)) return false
  }
  return false
}

function shapeWords(error: z.core.$ZodError): string {
  const [issue] = error.issues
  return issue === undefined ? '' : `${issue.path.map(String).join('.') || 'answer'}: ${issue.message}`
}
