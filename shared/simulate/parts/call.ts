import type { Process } from '../engine/simulation.ts'
import { ms, seconds, us } from '../engine/units.ts'
import type { Context } from './context.ts'
import { Failure } from './failure.ts'
import type { Operation, Reply } from './operation.ts'
import { setStatus, statusText } from './protocol.ts'
import type { AttributeValue } from './record.ts'

export interface CallOptions {
  /** How long the caller waits for an answer. The server does not hear of it and goes on. */
  readonly timeoutNs?: number
  /** How often it asks in all, when the server fails or is too slow. */
  readonly attempts?: number
  /** How long it waits before it asks again; twice as long each time. */
  readonly backoffNs?: number
}

/** Asks another service, in a client span for each attempt. Throws the last attempt's Failure. */
export function* call<Settings, Input, Output>(
  context: Context,
  operation: Operation<Settings, Input, Output>,
  input: Input,
  { timeoutNs = seconds(10), attempts = 1, backoffNs = ms(50) }: CallOptions = {},
): Process<Output> {
  for (let attempt = 1; ; attempt++) {
    const reply = yield* ask(context, operation, input, timeoutNs, attempt)
    if (reply.kind === 'answer') return reply.output
    if (reply.failure.status < 500 || attempt >= attempts) throw reply.failure
    context.log(
      'WARN',
      'client',
      `${operation.service.name} ${operation.name} failed (${reply.failure.message}), attempt ${attempt + 1} of ${attempts}`,
      { attempt: attempt + 1 },
    )
    yield context.instance.service.random.around(backoffNs * 2 ** (attempt - 1))
  }
}

function* ask<Settings, Input, Output>(
  context: Context,
  operation: Operation<Settings, Input, Output>,
  input: Input,
  timeoutNs: number,
  attempt: number,
): Process<Reply<Output>> {
  const { world } = context
  const { protocol, service } = operation
  const attributes: Record<string, AttributeValue> = {}
  if (protocol.kind === 'http') attributes['url.full'] = `http://${service.name}:8080${operation.path(input)}`
  const inner = context.open(operation.name, {
    kind: 'client',
    common: operation.clientAttributes,
    own: attributes,
  })
  if (attempt > 1) attributes['http.request.resend_count'] = attempt - 1
  const running = world.simulation.start(travel(inner, operation, input))
  if (!(yield* running.hasEndedWithin(world.simulation, timeoutNs))) {
    const text = `no answer from ${service.name} within ${timeoutNs / ms(1)}ms`
    if (protocol.kind === 'grpc') setStatus(attributes, protocol, 504)
    attributes['error.type'] = 'timeout'
    const failure = new Failure(504, 'TimeoutError', text, [`Client.send (client.ts:88)`])
    inner.fail(failure)
    inner.end()
    return { kind: 'failure', failure }
  }
  const reply = yield* running.join()
  const status = reply.kind === 'answer' ? 200 : reply.failure.status
  setStatus(attributes, protocol, status)
  const tookMs = Math.round((world.simulation.now - inner.span.startNs) / us(10)) / 100
  inner.log(
    'DEBUG',
    'client',
    `${service.name} ${operation.name} ${statusText(protocol, status)} in ${tookMs}ms`,
    {
      took_ms: tookMs,
    },
  )
  if (reply.kind === 'answer') {
    inner.end()
    return reply
  }
  // The caller knows the status, and that it was not the one that failed.
  const text = `${statusText(protocol, status)} from ${service.name}`
  attributes['error.type'] = statusText(protocol, status)
  inner.span.error = text
  inner.end()
  return {
    kind: 'failure',
    failure: new Failure(status, 'RemoteError', text, ['Client.receive (client.ts:131)']),
  }
}

/** The way there, the answer, and the way back. */
function* travel<Settings, Input, Output>(
  context: Context,
  operation: Operation<Settings, Input, Output>,
  input: Input,
): Process<Reply<Output>> {
  const { network } = context.world
  yield network.around(us(300), 0.4)
  const reply = yield* operation.answer(context.span, input)
  yield network.around(us(300), 0.4)
  return reply
}

/** A server outside of the shop, of which no more is seen than how long it takes. */
export interface Outside {
  readonly address: string
  readonly path: string
  medianNs: number
  readonly spread: number
}

/** Asks a server outside of the shop, in a client span. */
export function callOutside(context: Context, outside: Outside): Process {
  const { address, path } = outside
  return context.within(
    `POST ${path}`,
    function* (inner) {
      yield context.world.network.around(outside.medianNs, outside.spread)
      inner.set({ 'http.response.status_code': 200 })
    },
    {
      kind: 'client',
      common: {
        'http.request.method': 'POST',
        'url.full': `https://${address}${path}`,
        'server.address': address,
        'server.port': 443,
      },
    },
  )
}
