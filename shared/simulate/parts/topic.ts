import { Channel } from '../engine/channel.ts'
import type { Process } from '../engine/simulation.ts'
import { ms, seconds } from '../engine/units.ts'
import { Context } from './context.ts'
import type { Attributes, Span } from './record.ts'
import type { Instance, Service } from './service.ts'
import type { World } from './world.ts'

/** A message on its way. */
interface Message<Payload> {
  readonly payload: Payload
  readonly partition: number
  readonly offset: number
  readonly sentNs: number
  /** The span that sent it. */
  readonly sender: Span
}

/** One consumer group's share of one instance: the partitions it was given, as one queue. */
export interface Subscription {
  readonly instance: Instance
  readonly group: string
  readonly topic: string
  /** Messages that lie in its partitions and were not taken. */
  readonly lag: () => number
}

export interface ConsumerOptions<Settings, Payload> {
  readonly group: string
  readonly service: Service<Settings>
  /** Messages an instance works on at a time. */
  readonly workers: number
  /** Whether handling is part of the sender's trace, or a trace of its own that links to it. */
  readonly trace: 'same' | 'own'
  readonly handle: (context: Context<Settings>, payload: Payload) => Process
}

const partitions = 12

/** A queue of messages in twelve partitions; each group of consumers gets every message once. */
export class Topic<Payload> {
  readonly name: string
  readonly subscriptions: Subscription[] = []
  readonly #world: World
  /** What every span says that sends a message, or handles one. */
  readonly #ofSending: Attributes
  readonly #ofHandling: Attributes
  readonly #offsets = Array.from({ length: partitions }, () => 0)
  /** For each group, the queue of each partition. */
  readonly #groups: Channel<Message<Payload>>[][] = []

  constructor(world: World, name: string) {
    this.#world = world
    this.name = name
    this.#ofSending = operationAttributes('send', name)
    this.#ofHandling = operationAttributes('process', name)
  }

  /** Sends a message, in a producer span. Messages of one key keep their order. */
  send(context: Context, key: number, payload: Payload): Process {
    const partition = key % partitions
    return context.within(`send ${this.name}`, (inner) => this.#append(inner, partition, payload), {
      kind: 'producer',
      common: this.#ofSending,
      own: {
        'messaging.destination.partition.id': String(partition),
        'messaging.kafka.message.key': String(key),
      },
    })
  }

  *#append(context: Context, partition: number, payload: Payload): Process {
    yield this.#world.network.around(ms(3))
    const offset = this.#offsets[partition]++
    context.set({ 'messaging.kafka.offset': offset })
    const message: Message<Payload> = {
      payload,
      partition,
      offset,
      sentNs: this.#world.simulation.now,
      sender: context.span,
    }
    for (const queues of this.#groups) queues[partition].put(message)
  }

  /** Lets the instances of a service consume; each takes its share of the partitions. */
  subscribe<Settings>(options: ConsumerOptions<Settings, Payload>): void {
    const { service, group, workers } = options
    const queues = service.ready.map(() => new Channel<Message<Payload>>())
    this.#groups.push(Array.from({ length: partitions }, (_, partition) => queues[partition % queues.length]))
    for (const [place, instance] of service.ready.entries()) {
      const queue = queues[place]
      this.subscriptions.push({
        instance,
        group,
        topic: this.name,
        lag: () => queue.length,
      })
      for (let worker = 0; worker < workers; worker++)
        this.#world.simulation.start(this.#consume(instance, queue, options))
    }
  }

  *#consume<Settings>(
    instance: Instance<Settings>,
    queue: Channel<Message<Payload>>,
    options: ConsumerOptions<Settings, Payload>,
  ): Process {
    for (;;) {
      const message = yield* queue.take()
      yield this.#world.network.around(ms(2))
      yield* this.#handle(instance, message, options)
    }
  }

  *#handle<Settings>(
    instance: Instance<Settings>,
    message: Message<Payload>,
    { group, trace, handle }: ConsumerOptions<Settings, Payload>,
  ): Process {
    const { recorder, simulation } = this.#world
    const waitedNs = simulation.now - message.sentNs
    const span = recorder.begin({
      instance,
      name: `process ${this.name}`,
      kind: 'consumer',
      parent: trace === 'same' ? message.sender : undefined,
      links: [message.sender],
      common: this.#ofHandling,
      own: {
        'messaging.destination.partition.id': String(message.partition),
        'messaging.consumer.group.name': group,
        'messaging.kafka.offset': message.offset,
        'messaging.message.age_ms': Math.round(waitedNs / ms(1)),
      },
    })
    const context = new Context(this.#world, instance, span)
    instance.busy++
    const says: Attributes = {
      'message.offset': message.offset,
      'message.age_ms': Math.round(waitedNs / ms(1)),
    }
    if (waitedNs > seconds(60))
      context.log(
        'WARN',
        'consumer',
        `message ${message.offset} of ${this.name} is ${Math.round(waitedNs / seconds(1))}s old`,
        says,
      )
    yield* handle(context, message.payload)
    instance.busy--
    context.log('INFO', 'consumer', `${this.name} ${message.partition}/${message.offset} processed`, says)
    context.end()
  }
}

function operationAttributes(operation: 'send' | 'process', topic: string): Attributes {
  return {
    'messaging.system': 'kafka',
    'messaging.operation.name': operation,
    'messaging.operation.type': operation,
    'messaging.destination.name': topic,
  }
}
