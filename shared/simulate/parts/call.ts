import type { Outcome, Process } from '../engine/simulation.ts'
import { ms, seconds, us } from '../engine/units.ts'
import type { Context } from './context.ts'
import { Failure } from './failure.ts'
import type { Operation, Reply } from './operation.ts'
import { statusAttribute, statusText } from './protocol.ts'
import type { Attributes } from './record.ts'
import { clientWords } from './span-words.ts'

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
  const { simulation } = context.world
  for (let attempt = 1; ; attempt++) {
    const inner = begin(context, operation, input, attempt)
    const running = simulation.start(travel(inner, operation, input))
    yield running.endWithin(simulation, timeoutNs)
    const reply = conclude(inner, operation, running.outcome, timeoutNs)
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

function begin<Settings, Input, Output>(
  context: Context,
  operation: Operation<Settings, Input, Output>,
  input: Input,
  attempt: number,
): Context {
  const { name, protocol, origin, clientAttributes: common } = operation
  const own = protocol.kind === 'http' ? { 'url.full': origin + operation.path(input) } : undefined
  const inner = context.open(name, { kind: 'client', common, own })
  if (attempt > 1) inner.set({ 'http.request.resend_count': attempt - 1 })
  return inner
}

/** Ends the client's span by what came back, or by nothing having come back in time. */
function conclude<Settings, Input, Output>(
  inner: Context,
  { protocol, service, succeeded }: Operation<Settings, Input, Output>,
  outcome: Outcome<Reply<Output>> | undefined,
  timeoutNs: number,
): Reply<Output> {
  if (outcome?.kind === 'failed') throw outcome.error
  const reply = outcome?.result ?? timedOut(service.name, timeoutNs)
  if (reply.kind === 'answer') inner.set(succeeded)
  else if (outcome === undefined) {
    // Where no answer came there is no status of HTTP; gRPC's client makes one up.
    const status = protocol.kind === 'grpc' ? statusAttribute(protocol, 504) : {}
    inner.set({ ...status, 'error.type': 'timeout' })
    inner.fail(reply.failure)
  } else {
    const { status, message } = reply.failure
    inner.set({ ...statusAttribute(protocol, status), 'error.type': statusText(protocol, status) })
    inner.span.error = message
  }
  inner.end()
  if (outcome !== undefined) inner.logEnd('DEBUG', 'client', clientWords)
  return reply
}

function timedOut(service: string, timeoutNs: number): Reply<never> {
  const text = `no answer from ${service} within ${timeoutNs / ms(1)}ms`
  return { kind: 'failure', failure: new Failure(504, 'TimeoutError', text, ['Client.send (client.ts:88)']) }
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
  return reply.kind === 'answer' ? reply : { kind: 'failure', failure: fromAfar(operation, reply.failure) }
}

/** The caller knows the status, and that it was not the one that failed. */
function fromAfar<Settings, Input, Output>(
  { protocol, service }: Operation<Settings, Input, Output>,
  { status }: Failure,
): Failure {
  const text = `${statusText(protocol, status)} from ${service.name}`
  return new Failure(status, 'RemoteError', text, ['Client.receive (client.ts:131)'])
}

/** A server outside of the shop, of which no more is seen than how long it takes. */
export interface Outside {
  /** The name of the spans of those who ask it. */
  readonly spanName: string
  /** What every one of them says. */
  readonly attributes: Attributes
  medianNs: number
  readonly spread: number
}

const outsideSucceeded: Attributes = { 'http.response.status_code': 200 }

/** Asks a server outside of the shop, in a client span. */
export function callOutside(context: Context, outside: Outside): Process {
  return context.within(
    outside.spanName,
    function* (inner) {
      yield context.world.network.around(outside.medianNs, outside.spread)
      inner.set(outsideSucceeded)
    },
    { kind: 'client', common: outside.attributes },
  )
}
