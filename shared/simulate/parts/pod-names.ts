/** Names as Kubernetes gives them: `payment-7c9f4d-x2lqp`. */
import type { Random } from '../engine/random.ts'

// No vowels, so that no words come about.
const letters = 'bcdfghjklmnpqrstvwxz2456789'.split('')

/** The part that all pods of one release share. */
export function replicaSetName(random: Random): string {
  return random.uint32().toString(16).padStart(8, '0').slice(0, 6)
}

export function podName(service: string, replicaSet: string, random: Random): string {
  const own = Array.from({ length: 5 }, () => random.pick(letters)).join('')
  return `${service.replace(/-service$/, '')}-${replicaSet}-${own}`
}
