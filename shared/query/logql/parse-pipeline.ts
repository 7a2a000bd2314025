/** Reads a selector and the stages behind it. */
import { createMatcher, type Matcher } from '#shared/query/promql/matcher'
import { dropStage, keepStage, parseNamed } from './drop-keep.ts'
import type { Unwrap } from './expression.ts'
import { parseLabelFormat, parseLineFormat } from './format-stages.ts'
import { type Extraction, jsonExpressionsStage, jsonStage, unpackStage } from './json-stages.ts'
import { labelFilterStage, parseCondition } from './label-filter.ts'
import { isAtLineFilter, parseLineFilter } from './line-filter.ts'
import { logfmtExpressionsStage, type LogfmtFlags, logfmtStage } from './logfmt-stages.ts'
import { LogqlError } from './logql-error.ts'
import type { Stage } from './stage.ts'
import { decolorizeStage, patternStage, regexpStage } from './text-stages.ts'
import { atPlace, refuseAt, type TokenReader } from './token-reader.ts'

/** `{a="b", c=~"d"}`. Something must be asked for that an empty text does not fulfil: Loki looks through all streams for no one. */
export function parseSelector(reader: TokenReader): readonly Matcher[] {
  const { from } = reader.next
  reader.expect('{')
  const matchers = reader.operator === '}' ? [] : reader.list(() => parseMatcher(reader))
  reader.expect('}')
  if (matchers.every(({ test }) => test('')))
    throw new LogqlError(
      'type',
      reader.rangeFrom(from),
      'A selector must ask for some label that is there, such as {app="shop"} or {app=~".+"}.',
    )
  return matchers
}

function parseMatcher(reader: TokenReader): Matcher {
  const name = reader.name()
  const op = reader.operator ?? ''
  if (!/^(?:!?=|[=!]~)$/u.test(op)) throw reader.unexpected('A comparison')
  reader.take()
  const text = reader.text()
  return createMatcher(name, op as Matcher['op'], text.value, refuseAt(text))
}

/** What stands behind a selector: stages, and in a range at last what is counted. */
export interface Pipeline {
  readonly stages: readonly Stage[]
  readonly unwrap: Unwrap | undefined
}

export function parsePipeline(reader: TokenReader, isInRange: boolean): Pipeline {
  const stages: Stage[] = []
  for (;;) {
    if (isAtLineFilter(reader)) stages.push(parseLineFilter(reader))
    else if (!reader.skip('|')) return { stages, unwrap: undefined }
    else if (reader.keyword === 'unwrap') {
      if (!isInRange)
        throw new LogqlError('type', reader.next, '“unwrap” goes with a range only, as in [5m].')
      return { stages, unwrap: parseUnwrap(reader) }
    } else stages.push(parseStage(reader))
  }
}

const conversions: Readonly<Record<string, Unwrap['conversion']>> = {
  bytes: 'bytes',
  duration: 'duration',
  duration_seconds: 'duration',
}

function parseUnwrap(reader: TokenReader): Unwrap {
  reader.take()
  const word = reader.keyword ?? ''
  const isConverted =
    Object.hasOwn(conversions, word) && reader.ahead(1).kind === 'operator' && isBracket(reader)
  let name: string
  if (isConverted) {
    reader.take()
    reader.expect('(')
    name = reader.name()
    reader.expect(')')
  } else name = reader.name()
  const conditions = []
  while (reader.skip('|')) conditions.push(parseCondition(reader))
  return { name, conversion: isConverted ? conversions[word] : 'number', conditions }
}

function isBracket(reader: TokenReader): boolean {
  const next = reader.ahead(1)
  return next.kind === 'operator' && next.text === '('
}

/** By their words; anything else is a condition on labels. */
const readers: Readonly<Record<string, (reader: TokenReader) => Stage>> = {
  json: (reader) => (reader.isAtName ? jsonExpressionsStage(parseExtractions(reader)) : jsonStage),
  logfmt(reader) {
    const flags = parseFlags(reader)
    return reader.isAtName ? logfmtExpressionsStage(parseExtractions(reader), flags) : logfmtStage(flags)
  },
  unpack: () => unpackStage,
  regexp(reader) {
    const text = reader.text()
    return regexpStage(text.value, refuseAt(text))
  },
  pattern: (reader) => ofText(reader, patternStage),
  line_format: parseLineFormat,
  label_format: parseLabelFormat,
  decolorize: () => decolorizeStage,
  drop: (reader) => dropStage(parseNamed(reader)),
  keep: (reader) => keepStage(parseNamed(reader)),
}

function parseStage(reader: TokenReader): Stage {
  const word = reader.keyword ?? ''
  if (!Object.hasOwn(readers, word)) {
    if (!reader.isAtName && reader.operator !== '(') throw reader.unexpected('A stage')
    return labelFilterStage(parseCondition(reader))
  }
  reader.take()
  return readers[word](reader)
}

function ofText(reader: TokenReader, stage: (source: string) => Stage): Stage {
  const text = reader.text()
  return atPlace(text, () => stage(text.value))
}

function parseFlags(reader: TokenReader): LogfmtFlags {
  const flags = new Set<string>()
  for (let { next } = reader; next.kind === 'flag'; { next } = reader) {
    flags.add(next.text)
    reader.take()
  }
  return { isStrict: flags.has('--strict'), keepsEmpty: flags.has('--keep-empty') }
}

/** `a="b.c", d`: where a label's value is; by itself a name stands for both. */
function parseExtractions(reader: TokenReader): readonly Extraction[] {
  return reader.list(() => {
    const { next } = reader
    const name = reader.name()
    if (!reader.skip('=')) return { name, expression: name, from: next.from, to: next.to }
    const { value, from, to } = reader.text()
    return { name, expression: value, from, to }
  })
}
