/** OTLP's logs and metrics in protobuf, field by field as opentelemetry-proto numbers them. */
import {
  attributeMessage,
  field,
  fixed64Field,
  fromHex,
  message,
  text,
  varintField,
} from './generate-trace.ts'

const doubleField = (number: number, value: number): Uint8Array =>
  fixed64Field(number, new BigUint64Array(new Float64Array([value]).buffer)[0])

const packed = (number: number, ...parts: readonly Uint8Array[]): Uint8Array =>
  field(number, message(...parts))
/** A value without its tag. */
const bare = (tagged: Uint8Array): Uint8Array => tagged.subarray(1)

/** `ResourceLogs` and `ResourceMetrics` are nested alike. */
const resource = (service: string, ...records: readonly Uint8Array[]): Uint8Array =>
  field(
    1,
    message(
      field(1, field(1, attributeMessage('service.name', service))),
      field(2, message(field(1, field(1, text('pool'))), ...records.map((record) => field(2, record)))),
    ),
  )

/** A service's lines: the moment in nanoseconds, and the text. */
export const logsProtobuf = (
  service: string,
  lines: readonly (readonly [ns: bigint, said: string])[],
  traceId: string,
): Uint8Array =>
  resource(
    service,
    ...lines.map(([ns, said]) =>
      message(
        fixed64Field(1, ns),
        varintField(2, 17),
        field(3, text('ERROR')),
        field(5, field(1, text(said))),
        field(6, attributeMessage('pool.size', 10)),
        field(9, fromHex(traceId)),
        field(10, fromHex('b7ad6b7169203331')),
      ),
    ),
  )

const metric = (name: string, kind: number, ...points: readonly Uint8Array[]): Uint8Array =>
  message(field(1, text(name)), field(kind, message(...points)))

/** A metric of each kind, at one moment. */
export function metricsProtobuf(service: string, ns: bigint, traceId: string): Uint8Array {
  const at = fixed64Field(3, ns)
  const exemplar = message(
    fixed64Field(2, ns),
    doubleField(3, 0.4),
    field(4, fromHex('b7ad6b7169203331')),
    field(5, fromHex(traceId)),
  )
  const cumulative = varintField(2, 2)
  return resource(
    service,
    // Negative, as sfixed64.
    metric(
      'pool.drift',
      5,
      field(1, message(at, fixed64Field(6, -3n), field(7, attributeMessage('pool', 'main')))),
    ),
    metric('pool.timeouts', 7, field(1, message(at, doubleField(4, 2.5))), cumulative, varintField(3, 1)),
    metric(
      'pool.wait',
      9,
      field(
        1,
        message(
          at,
          fixed64Field(4, 3n),
          doubleField(5, 0.9),
          packed(6, bare(fixed64Field(1, 2n)), bare(fixed64Field(1, 1n))),
          packed(7, bare(doubleField(1, 0.5))),
          field(8, exemplar),
        ),
      ),
      cumulative,
    ),
    metric(
      'pool.size',
      10,
      field(
        1,
        message(
          at,
          fixed64Field(4, 4n),
          doubleField(5, 9),
          // Zigzag: scale -1, offset -2.
          varintField(6, 1),
          fixed64Field(7, 1n),
          field(8, message(varintField(1, 3), packed(2, bare(varintField(1, 1)), bare(varintField(1, 2))))),
        ),
      ),
      cumulative,
    ),
    metric(
      'pool.age',
      11,
      field(
        1,
        message(
          at,
          fixed64Field(4, 8n),
          doubleField(5, 16),
          field(6, message(doubleField(1, 0.5), doubleField(2, 1.5))),
        ),
      ),
    ),
  )
}
