/** How grave a line is: by what was sent with it, by its labels, and only then by its own words. */
import type { Labels } from '#shared/api/logs'

const names = ['detected_level', 'severity_text', 'level', 'severity', 'lvl', 'loglevel', 'SeverityText']

const codes: Readonly<Record<string, number>> = Object.fromEntries(
  [
    ['trace', 'trc', 'verbose', 'finest', 'finer'],
    ['debug', 'dbg', 'fine'],
    ['info', 'inf', 'information', 'informational', 'notice', 'log', 'normal'],
    ['warn', 'wrn', 'warning'],
    ['error', 'err', 'eror', 'severe'],
    ['fatal', 'ftl', 'critical', 'crit', 'panic', 'emerg', 'emergency', 'alert', 'dpanic'],
  ].flatMap((words, at) => words.map((word) => [word, at + 1])),
)

/** Index into `levels` of a word for a level; 0 where it is none. OpenTelemetry's `ERROR2` is an error. */
function levelCode(word: string): number {
  return codes[word.trim().toLowerCase().replace(/\d$/, '')] ?? 0
}

/** The first of the sources that names a level; 0 for none. */
export function levelIn(sources: readonly Labels[]): number {
  for (const source of sources)
    for (const name of names) {
      const value = source[name]
      const code = value === undefined ? 0 : levelCode(value)
      if (code > 0) return code
    }
  return 0
}

/** So much of a line is looked at: a level stands near its beginning. */
const looked = 400
const inJson = /"(?:level|severity|lvl|log\.level|severity_text|levelname|@level)"\s*:\s*"([a-z]+)\d?"/i
const inLogfmt = /(?:^|\s)(?:level|severity|lvl)="?([a-z]+)\d?"?(?:\s|$)/i
/** A word of its own in capitals, or in brackets: `WARN`, `[error]`. */
const alone = /(?:^|[\s[(|<:])(TRACE|DEBUG|INFO|WARN(?:ING)?|ERROR|FATAL|CRITICAL|PANIC)(?=$|[\s\])|>:])/
const inBrackets = /\[(trace|debug|info|warn(?:ing)?|error|fatal|critical|panic)\]/i

/** The level a line names itself; 0 for none. */
export function levelInLine(line: string): number {
  const text = line.slice(0, looked)
  const word = [inJson, inLogfmt, alone, inBrackets].map((form) => form.exec(text)?.[1]).find(Boolean)
  return word === undefined ? 0 : levelCode(word)
}
