import { grpcCode } from './failure.ts'
import type { Attributes } from './record.ts'

/** How a service is asked: over HTTP by method and route, or over gRPC by service and method. */
export type Protocol =
  | { readonly kind: 'http'; readonly method: 'GET' | 'POST'; readonly route: string }
  | { readonly kind: 'grpc'; readonly method: string }

/** The name of the spans of both sides: `POST /orders`, `Auth/VerifyToken`. */
export function operationName(protocol: Protocol): string {
  return protocol.kind === 'http' ? `${protocol.method} ${protocol.route}` : protocol.method
}

/** What every server's span of an operation says. */
export function serverAttributes(protocol: Protocol): Attributes {
  if (protocol.kind === 'grpc') return { 'rpc.system.name': 'grpc', 'rpc.method': protocol.method }
  return { 'http.request.method': protocol.method, 'http.route': protocol.route }
}

/** What every client's span of an operation says. */
export function clientAttributes(protocol: Protocol, address: string): Attributes {
  if (protocol.kind === 'http')
    return { 'http.request.method': protocol.method, 'server.address': address, 'server.port': 8080 }
  return {
    'rpc.system.name': 'grpc',
    'rpc.method': protocol.method,
    'server.address': address,
    'server.port': 9090,
  }
}

/** The outcome, as an attribute of the spans of both sides. */
export function statusAttribute(protocol: Protocol, status: number): Attributes {
  return protocol.kind === 'http'
    ? { 'http.response.status_code': status }
    : { 'rpc.response.status_code': grpcCode(status) }
}

/** The outcome in words, as logs have it. */
export function statusText(protocol: Protocol, status: number): string {
  return protocol.kind === 'http' ? String(status) : grpcCode(status)
}
