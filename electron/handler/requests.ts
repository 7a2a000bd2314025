/** Reading what the page sends: bodies and parameters, checked, with sentences for what cannot be used. */
import type { Context } from 'hono'
import type * as z from 'zod/mini'
import { emptyRange, sentenceOf } from '#shared/api/schemas'
import { joinedBytes } from '#shared/base/joined-bytes'
import type { TimeWindow } from '../backends/backend.ts'
import { InputError } from './secrets.ts'

/** What each request carries through the routes. */
export interface HandlerEnv {
  Bindings: {
    /** Fires when the page no longer wants the answer, or Clew ends. */
    readonly signal: AbortSignal
  }
}

/** Of a body the page sends. */
const bodyLimitBytes = 1_000_000

const advice = 'Reload the page; if it stays, restart Clew.'

/** A JSON body of the given shape. */
export async function readBody<Value>(c: Context<HandlerEnv>, shape: z.ZodMiniType<Value>): Promise<Value> {
  // Other types can be sent by a form of a foreign page without asking.
  if (!/^application\/json\b/i.test(c.req.header('content-type') ?? '')) {
    throw new InputError('The body of this request must be JSON.', advice)
  }
  const text = await readLimited(c.req.raw.body)
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch {
    throw new InputError('The body of this request is not valid JSON.', advice)
  }
  return check(value, shape)
}

/** Of a part of a file. */
const bytesLimit = 8_000_000

/** A body of bytes, 8 MB at most. */
export async function readBytes(c: Context<HandlerEnv>): Promise<Uint8Array> {
  // As with JSON: this type cannot be sent by a form of a foreign page.
  if (c.req.header('content-type') !== 'application/octet-stream')
    throw new InputError('The body of this request must be bytes.', advice)
  const pieces: Uint8Array[] = []
  let size = 0
  for await (const piece of c.req.raw.body ?? []) {
    size += piece.byteLength
    if (size > bytesLimit) throw new InputError('The body of this request is larger than 8 MB.', 'Send less.')
    pieces.push(piece)
  }
  return joinedBytes(pieces)
}

async function readLimited(body: ReadableStream<Uint8Array> | null): Promise<string> {
  const decoder = new TextDecoder()
  let text = ''
  let size = 0
  for await (const chunk of body ?? []) {
    size += chunk.byteLength
    if (size > bodyLimitBytes)
      throw new InputError('The body of this request is larger than 1 MB.', 'Send less.')
    text += decoder.decode(chunk, { stream: true })
  }
  return text + decoder.decode()
}

/** A value of the given shape, or an InputError with the first mistake. */
export function check<Value>(value: unknown, shape: z.ZodMiniType<Value>): Value {
  const result = shape.safeParse(value)
  if (!result.success) throw new InputError(sentenceOf(result.error), 'Change it and try again.')
  return result.data
}

/** A JSON value in a query parameter. */
export function readJsonParam<Value>(
  c: Context<HandlerEnv>,
  name: string,
  shape: z.ZodMiniType<Value>,
): Value {
  let value: unknown
  try {
    value = JSON.parse(c.req.query(name) ?? '')
  } catch {
    throw new InputError(`The parameter ${name} is not valid JSON.`, advice)
  }
  return check(value, shape)
}

/** A parameter that must not be empty. */
export function readText(c: Context<HandlerEnv>, name: string): string {
  const text = c.req.query(name) ?? ''
  if (text.trim() === '') throw new InputError(`The parameter ${name} is missing.`, 'Write a query.')
  return text
}

/** `startMs` and `endMs`; undefined when neither is given. */
export function readWindow(c: Context<HandlerEnv>): TimeWindow | undefined {
  const start = c.req.query('startMs')
  const end = c.req.query('endMs')
  if (start === undefined && end === undefined) return undefined
  const startMs = Number(start === '' ? NaN : start)
  const endMs = Number(end === '' ? NaN : end)
  if (!isInstant(startMs) || !isInstant(endMs)) {
    throw new InputError('startMs and endMs must both be times in milliseconds.', 'Choose a time range.')
  }
  if (startMs >= endMs) throw noStretch(startMs === endMs)
  return { startMs, endMs }
}

/** Of a time range that is none. */
export const noStretch = (isEmpty: boolean): InputError =>
  new InputError(isEmpty ? emptyRange : 'The time range ends before it starts.', 'Choose another time range.')

/** `startMs` and `endMs`, or the last hour. */
export function readWindowOrLastHour(c: Context<HandlerEnv>): TimeWindow {
  const nowMs = Date.now()
  return readWindow(c) ?? { startMs: nowMs - 3_600_000, endMs: nowMs }
}

function isInstant(ms: number): boolean {
  return ms >= 0 && ms <= 8.64e15
}

/** A whole number above zero; `otherwise` where the parameter is left out. */
export function readWhole(c: Context<HandlerEnv>, name: string, otherwise: number): number {
  const value = Number(c.req.query(name) ?? otherwise)
  if (!Number.isSafeInteger(value) || value < 1)
    throw new InputError(`${name} must be a whole number above zero.`, 'Choose another one.')
  return value
}

/** What is counted over time: query, window and the step between two points. */
export function readOverTime(c: Context<HandlerEnv>): [query: string, window: TimeWindow, stepMs: number] {
  return [readText(c, 'query'), readWindowOrLastHour(c), readWhole(c, 'stepMs', 60_000)]
}
