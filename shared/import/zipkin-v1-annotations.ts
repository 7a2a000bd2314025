/** Annotations of Zipkin v1 that say when a half of a call began or ended: what v2 says by kind, timestamp and duration. */
export const CORE_ANNOTATIONS = ['cs', 'cr', 'sr', 'ss', 'ms', 'mr'] as const
