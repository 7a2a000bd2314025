/** Fields that a line holds in its own text: JSON, or logfmt. */
import type { Labels } from '#shared/api/logs'

/** The fields of a line, named as Loki's parsers name them. */
export interface LineFields {
  readonly kind: 'json' | 'logfmt'
  readonly fields: Labels
}

/** More of a line than this is not taken apart. */
const mostUnits = 100_000
const mostFields = 300

/** Undefined for a line that is neither. */
export function fieldsIn(line: string): LineFields | undefined {
  if (line.length > mostUnits) return undefined
  const json = jsonFields(line)
  if (json !== undefined) return { kind: 'json', fields: json }
  const logfmt = logfmtFields(line)
  return logfmt === undefined ? undefined : { kind: 'logfmt', fields: logfmt }
}

function jsonFields(line: string): Labels | undefined {
  if (!/^\s*\{/.test(line)) return undefined
  let value: unknown
  try {
    value = JSON.parse(line)
  } catch {
    // A line that begins with a brace need not be JSON.
    return undefined
  }
  const fields: Record<string, string> = {}
  flatten(value, '', fields)
  return fields
}

/** As Loki does: names joined by `_`, lists left out. */
function flatten(value: unknown, name: string, into: Record<string, string>): void {
  if (Object.keys(into).length >= mostFields) return
  if (typeof value === 'object' && value !== null) {
    if (Array.isArray(value)) return
    for (const [key, item] of Object.entries(value))
      flatten(item, name === '' ? key.replaceAll(/\W/g, '_') : `${name}_${key.replaceAll(/\W/g, '_')}`, into)
  } else if (typeof value === 'string') into[name] = value
  else if (value !== null) into[name] = JSON.stringify(value)
}

const pair = /([^\s="]+)=("(?:[^"\\]|\\.)*"|\S*)/g

/** Two pairs at least: a text with one equals sign in it is no logfmt. */
function logfmtFields(line: string): Labels | undefined {
  const fields: Record<string, string> = {}
  for (const [, key, value] of line.matchAll(pair)) {
    if (!/^[A-Za-z_][\w.-]*$/.test(key)) continue
    fields[key.replaceAll(/\W/g, '_')] = value.startsWith('"') ? unescaped(value) : value
    if (Object.keys(fields).length >= mostFields) break
  }
  return Object.keys(fields).length < 2 ? undefined : fields
}

function unescaped(quoted: string): string {
  try {
    return String(JSON.parse(quoted))
  } catch {
    // Escapes that JSON does not have: as they are written.
    return quoted.slice(1, -1)
  }
}
