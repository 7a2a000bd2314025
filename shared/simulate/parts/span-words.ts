/** What logs say of spans that have ended. */
import { ms, us } from '../engine/units.ts'
import type { AttributeValue, Span, Words } from './record.ts'

/** A server's access log: `POST /payments/charge 503 in 4502ms`. */
export function accessWords(span: Span): Words {
  const tookMs = Math.round((span.endNs - span.startNs) / ms(1))
  const { common, own, name } = span
  const path = own['url.path']
  const asked = path === undefined ? name : `${common['http.request.method']} ${path}`
  return {
    text: `${asked} ${statusOf(span)} in ${tookMs}ms`,
    attributes: { status: statusOf(span), took_ms: tookMs },
  }
}

/** A client's: `payment-service POST /payments/charge 503 in 4503.02ms`. */
export function clientWords(span: Span): Words {
  const tookMs = hundredths(span)
  const text = `${span.common['server.address']} ${span.name} ${statusOf(span)} in ${tookMs}ms`
  return { text, attributes: { took_ms: tookMs } }
}

/** A statement's: `INSERT orders took 3.92ms`. */
export function statementWords(span: Span): Words {
  const tookMs = hundredths(span)
  return { text: `${span.name} took ${tookMs}ms`, attributes: { took_ms: tookMs } }
}

function hundredths({ startNs, endNs }: Span): number {
  return Math.round((endNs - startNs) / us(10)) / 100
}

function statusOf({ own }: Span): AttributeValue {
  return own['http.response.status_code'] ?? own['rpc.response.status_code']
}
