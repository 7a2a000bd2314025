import { ms, us } from '../engine/units.ts'
import { Operation } from '../parts/operation.ts'
import { RedisCommand } from '../parts/redis.ts'
import type { World } from '../parts/world.ts'
import type { Backing } from './backing.ts'
import { userText } from './vocabulary.ts'

export function createAuth(world: World, { redis }: Backing) {
  const service = world.service({
    name: 'auth-service',
    instances: 3,
    workers: 32,
    idleMegabytes: 84,
    release: { version: '4.1.2', settings: {} },
  })
  const readSession = new RedisCommand(redis, 'GET', 'session')
  const verifyToken = new Operation<unknown, number, void>(world, {
    service,
    protocol: { kind: 'grpc', method: 'Auth/VerifyToken' },
    *handler(context, user) {
      yield* context.within('jwt.decode', (inner) => inner.work(us(900)))
      yield* readSession.send(context, userText(user))
      yield* context.work(ms(1.4))
      context.log('DEBUG', 'token', `token of ${userText(user)} verified`, { 'user.id': userText(user) })
    },
  })
  return { service, verifyToken }
}
