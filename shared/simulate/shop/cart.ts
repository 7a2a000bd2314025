import { ms } from '../engine/units.ts'
import { Operation } from '../parts/operation.ts'
import { RedisCommand } from '../parts/redis.ts'
import type { World } from '../parts/world.ts'
import type { Backing } from './backing.ts'
import { skuText, userText, type Cart, type Line } from './vocabulary.ts'

export function createCart(world: World, { redis }: Backing) {
  const service = world.service({
    name: 'cart-service',
    instances: 3,
    workers: 32,
    idleMegabytes: 96,
    release: { version: '2.7.0', settings: {} },
  })
  const readAll = new RedisCommand(redis, 'HGETALL', 'cart')
  const setField = new RedisCommand(redis, 'HSET', 'cart')
  const expire = new RedisCommand(redis, 'EXPIRE', 'cart')
  const read = new Operation<unknown, Cart, void>(world, {
    service,
    protocol: { kind: 'http', method: 'GET', route: '/carts/{cartId}' },
    path: ({ user }) => `/carts/${userText(user)}`,
    *handler(context, { user, lines }) {
      yield* context.work(ms(2))
      yield* readAll.send(context, userText(user))
      yield* context.work(ms(3))
      context.log('DEBUG', 'cart', `cart of ${userText(user)} has ${lines.length} lines`, {
        'cart.lines': lines.length,
      })
    },
  })
  const add = new Operation<unknown, { readonly user: number; readonly line: Line }, void>(world, {
    service,
    protocol: { kind: 'http', method: 'POST', route: '/carts/{cartId}/items' },
    path: ({ user }) => `/carts/${userText(user)}/items`,
    *handler(context, { user, line }) {
      yield* context.work(ms(3))
      yield* setField.send(context, userText(user))
      yield* expire.send(context, userText(user))
      context.log(
        'INFO',
        'cart',
        `${line.quantity} × ${skuText(line.sku)} into the cart of ${userText(user)}`,
        {
          'cart.sku': skuText(line.sku),
        },
      )
    },
  })
  return { service, read, add }
}
