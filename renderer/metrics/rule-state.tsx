import type { MetricRule } from '#shared/api/metrics'

const looks = { firing: 'tag err', pending: 'tag wrn', inactive: 'tag', unknown: 'tag' } as const
const words = { firing: 'firing', pending: 'pending', inactive: 'quiet', unknown: 'unknown' } as const

/** How a rule stands. */
export function StateTag({ rule }: { readonly rule: MetricRule }) {
  if (rule.problem !== undefined) return <span className="tag wrn">cannot be evaluated</span>
  if (rule.kind === 'recording') return <span className="tag">records</span>
  return <span className={looks[rule.state]}>{words[rule.state]}</span>
}
