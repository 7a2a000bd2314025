/** `| line_format "…"` and `| label_format a=b, c="…"`. */
import type { TextRange } from '#shared/query/query-error'
import type { LineLabels } from './line-labels.ts'
import { LogqlError } from './logql-error.ts'
import { errorLabel } from './line-labels.ts'
import type { Stage } from './stage.ts'
import { readTemplate, type Template } from './template.ts'
import { TemplateError, TemplateTooLong } from './template-functions.ts'
import { atPlace, type TokenReader } from './token-reader.ts'

type PlacedTemplate = Template & { readonly place: TextRange }

function parseTemplate(reader: TokenReader): PlacedTemplate {
  const place = reader.text()
  return { ...atPlace(place, () => readTemplate(place.value)), place }
}

/** What a template makes of a line; undefined where it cannot, which is kept with the line. */
function written(
  { write, place }: PlacedTemplate,
  line: string,
  labels: LineLabels,
  values: ReadonlyMap<string, string>,
): string | undefined {
  try {
    return write({ line, labels: values })
  } catch (error) {
    if (error instanceof TemplateTooLong) throw new LogqlError('limit', place, error.message)
    if (!(error instanceof TemplateError)) throw error
    labels.error = 'TemplateFormatErr'
    labels.errorDetails = error.message
    return undefined
  }
}

export function parseLineFormat(reader: TokenReader): Stage {
  const template = parseTemplate(reader)
  return {
    kind: 'rewrite',
    names: template.names,
    run: (line, labels) => written(template, line, labels, labels.all()) ?? line,
  }
}

/** A label as another one was called, or as a template writes it. */
type Change = { readonly name: string } & ({ readonly from: string } | { readonly template: PlacedTemplate })

export function parseLabelFormat(reader: TokenReader): Stage {
  const names = new Set<string>()
  const changes = reader.list((): Change => {
    const { next } = reader
    const name = reader.name()
    if (name === errorLabel)
      throw new LogqlError('type', next, 'An error is not formatted; it can be dropped.')
    if (names.has(name)) throw new LogqlError('type', next, `“${name}” is formatted twice at once.`)
    names.add(name)
    reader.expect('=')
    if (reader.isAtName) return { name, from: reader.name() }
    return { name, template: parseTemplate(reader) }
  })
  return {
    kind: 'read',
    names: changes.flatMap((change) => ('from' in change ? [change.from] : change.template.names)),
    run(line, labels) {
      // As they were before the first template: none sees what another one wrote.
      let before: ReadonlyMap<string, string> | undefined
      for (const change of changes) {
        if ('from' in change) {
          const value = labels.get(change.from)
          if (value === undefined) continue
          labels.set(change.name, value)
          labels.delete(change.from)
        } else {
          before ??= labels.all()
          const value = written(change.template, line, labels, before)
          if (value !== undefined) labels.set(change.name, value)
        }
      }
      return line
    },
  }
}
