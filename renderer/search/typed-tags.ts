/** Reads conditions as people paste them: `key=value key2="v 2"`, one per line, or with `&&` and commas between. */
import type { TagCondition } from '#shared/api/contract'

const pair = /([^\s=,&|{}"']+)\s*={1,2}\s*("(?:[^"\\]|\\.)*"|'[^']*'|[^\s,&]+)/g

/** Every `key=value` in a text; empty when it holds none. Quotes around a value fall away. */
export function parseTags(text: string): readonly TagCondition[] {
  return [...text.matchAll(pair)].map(([, key, value]) => ({
    // TraceQL writes an attribute of any scope with a dot before it.
    key: key.replace(/^\./, ''),
    value: /^["']/.test(value) ? value.slice(1, -1).replace(/\\(.)/g, '$1') : value,
  }))
}
