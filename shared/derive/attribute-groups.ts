/**
 * Attributes sorted into the areas of OpenTelemetry's semantic conventions, so that a reader finds them by what they are about.
 * Stable and superseded names side by side (`http.request.method`, `http.method`), and those of Jaeger and Zipkin clients.
 * https://opentelemetry.io/docs/specs/semconv/registry/attributes/
 */
import type { Attribute } from '#shared/trace/detail'

export interface AttributeGroup {
  /** Stable name, for remembering which groups are closed. */
  readonly id: string
  readonly title: string
  /** As recorded: order and duplicates kept. */
  readonly attributes: readonly Attribute[]
}

interface Area {
  readonly id: string
  readonly title: string
  /** First parts of dotted keys, whole dotted prefixes, or whole keys. */
  readonly keys: readonly string[]
}

const area = (id: string, title: string, keys: string): Area => ({ id, title, keys: keys.split(' ') })

/** In reading order: what happened, then to whom, then where it ran. */
const areas: readonly Area[] = [
  area('exception', 'Exception', 'exception error otel.status_code otel.status_description'),
  area('http', 'HTTP', 'http'),
  area('url', 'URL', 'url'),
  area('rpc', 'RPC', 'rpc grpc jsonrpc'),
  area('graphql', 'GraphQL', 'graphql'),
  area('database', 'Database client', 'db sql redis mongodb cassandra elasticsearch'),
  area('messaging', 'Messaging', 'messaging message_bus kafka'),
  area('genai', 'GenAI', 'gen_ai llm openai mcp'),
  area('faas', 'Function', 'faas'),
  area('feature-flag', 'Feature flag', 'feature_flag'),
  area(
    'network',
    'Server, client and network',
    'server client network net peer source destination tls dns address sa ca sr cs ss cr lc',
  ),
  area('user', 'User and session', 'user enduser session user_agent browser'),
  area('code', 'Code and thread', 'code thread'),
  area('service', 'Service', 'service deployment vcs cicd'),
  area('kubernetes', 'Kubernetes', 'k8s'),
  area('container', 'Container', 'container oci'),
  area('host', 'Host and device', 'host hostname ip os device system'),
  area('cloud', 'Cloud', 'cloud aws gcp azure heroku'),
  area('process', 'Process', 'process jvm nodejs go webengine'),
  area(
    'telemetry',
    'Telemetry SDK',
    'telemetry otel sampler internal span component jaeger opencensus client-uuid',
  ),
]

const otherArea: Area = { id: 'other', title: 'Other', keys: [] }

const areaOfPrefix = new Map(areas.flatMap((one) => one.keys.map((key) => [key, one] as const)))

/** Groups that have an attribute, in reading order, `Other` last. Cost: attributes × parts of their keys. */
export function groupAttributes(attributes: readonly Attribute[]): AttributeGroup[] {
  const found = new Map<Area, Attribute[]>()
  for (const attribute of attributes) {
    const one = areaOfKey(attribute.key)
    const group = found.get(one)
    if (group === undefined) found.set(one, [attribute])
    else group.push(attribute)
  }
  return [...areas, otherArea].flatMap((one) => {
    const group = found.get(one)
    return group === undefined ? [] : [{ id: one.id, title: one.title, attributes: group }]
  })
}

/** The area of the longest known prefix of a dotted key. */
function areaOfKey(key: string): Area {
  for (let end = key.length; end > 0; end = key.lastIndexOf('.', end - 1)) {
    const one = areaOfPrefix.get(key.slice(0, end))
    if (one !== undefined) return one
  }
  return otherArea
}
