import { ms, seconds, us } from '../engine/units.ts'
import { call } from '../parts/call.ts'
import { Operation } from '../parts/operation.ts'
import type { World } from '../parts/world.ts'
import type { createWebBff } from './web-bff.ts'

/** The shop's outer door: each path of the browser leads to one of the web-bff. What only reads is asked a second time when it fails. */
export function createEdgeGateway(world: World, bff: ReturnType<typeof createWebBff>) {
  const service = world.service({
    name: 'edge-gateway',
    instances: 3,
    workers: 256,
    idleMegabytes: 64,
    release: { version: '3.0.1', settings: {} },
  })
  const door = <Input>(method: 'GET' | 'POST', route: string, inside: Operation<unknown, Input, void>) =>
    new Operation<unknown, Input, void>(world, {
      service,
      protocol: { kind: 'http', method, route },
      path: (input) => `/api${inside.path(input)}`,
      attributes: () => ({
        'url.scheme': 'https',
        'user_agent.original': service.random.pick(browsers),
        'client.address': `203.0.113.${service.random.integer(1, 254)}`,
        'network.protocol.version': '2',
      }),
      *handler(context, input) {
        yield* context.within('ratelimit.check', (inner) => inner.work(us(200)))
        yield* context.work(us(500))
        yield* call(context, inside, input, {
          timeoutNs: seconds(20),
          attempts: method === 'GET' ? 2 : 1,
          backoffNs: ms(100),
        })
      },
    })
  return {
    service,
    listItems: door('GET', '/api/products', bff.listItems),
    findItems: door('GET', '/api/search', bff.findItems),
    addToCart: door('POST', '/api/cart/items', bff.addToCart),
    checkout: door('POST', '/api/checkout', bff.checkout),
    readOrder: door('GET', '/api/orders/{orderId}', bff.readOrder),
  }
}

const browsers = [
  'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 Chrome/146.0.0.0 Safari/537.36',
  'Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:148.0) Gecko/20100101 Firefox/148.0',
  'Mozilla/5.0 (iPhone; CPU iPhone OS 26_2 like Mac OS X) AppleWebKit/605.1.15 Version/26.2 Mobile/15E148 Safari/604.1',
]
