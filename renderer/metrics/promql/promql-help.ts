/** Help while one writes PromQL: words of the language, and metrics, labels and values of the server. */
import { baseName, unitWordOf } from '#shared/metrics/unit'
import type { MetricWords } from '../../state/metric-answers'
import type { Completion, Completions, EditorHelp, Hover } from '../../ui/code-editor/language'
import { completionPlace } from './completion-place'
import { aggregations, comparisons, functions, groupings, operators, ranges, type Word } from './vocabulary'

/** More than this nobody looks through: typing on narrows it down. */
const mostOffered = 300

const offered = (
  list: readonly Word[],
  kind: Completion['kind'],
  { after = '', goesOn = false }: { readonly after?: string; readonly goesOn?: boolean } = {},
): readonly Completion[] =>
  list.map(({ text, about }) => ({ label: text, insert: `${text}${after}`, kind, about, goesOn }))

const quoted = (value: string): string =>
  `"${value.replaceAll('\\', '\\\\').replaceAll('"', '\\"').replaceAll('\n', '\\n')}"`

/** Whether all signs of a word are in a name, in order. */
function isWithin(word: string, name: string): boolean {
  let at = 0
  for (let index = 0; index < name.length && at < word.length; index++) if (name[index] === word[at]) at += 1
  return at === word.length
}

/** Names with what is written at their front, then those that have it anywhere; all its signs in order are enough. */
function fitting(
  names: readonly string[],
  word: string,
): { readonly names: readonly string[]; readonly isCut: boolean } {
  const wanted = word.toLowerCase()
  const found = names.filter((name) => isWithin(wanted, name.toLowerCase()))
  const first = found.filter((name) => name.toLowerCase().startsWith(wanted))
  const ordered = [...first, ...found.filter((name) => !name.toLowerCase().startsWith(wanted))]
  return { names: ordered.slice(0, mostOffered), isCut: ordered.length > mostOffered }
}

async function expressionAt(from: number, word: string, server: MetricWords): Promise<Completions> {
  const [metrics, known] = await Promise.all([server.metrics(), server.metadata()])
  const { names, isCut } = fitting(metrics, word)
  const items = names.map((name): Completion => {
    const about = known.get(name) ?? known.get(baseName(name))
    return {
      label: name,
      insert: /^[A-Za-z_:][\w:]*$/.test(name) ? name : `{${quoted(name)}}`,
      kind: 'metric',
      about: about?.type ?? '',
      detail: about?.help,
      goesOn: false,
    }
  })
  return {
    from,
    isCut,
    items: [
      ...offered(functions, 'function', { after: '($0)', goesOn: true }),
      ...offered(aggregations, 'function', { after: '($0)', goesOn: true }),
      ...offered(groupings, 'keyword', { after: ' ($0)', goesOn: true }),
      ...items,
      ...offered(operators, 'keyword', { after: ' ' }),
    ],
  }
}

/** What can be written at `offset`. */
// oxlint-disable-next-line typescript/consistent-return -- every kind of place returns
async function completionsAt(text: string, offset: number, server: MetricWords): Promise<Completions> {
  const place = completionPlace(text, offset)
  switch (place.kind) {
    case 'expression':
      return expressionAt(place.from, place.word, server)
    case 'label': {
      const labels = (await server.labels(place.metric)).filter((name) => name !== '__name__')
      return {
        from: place.from,
        items: labels.map((name) => ({
          label: name,
          insert: `${/^[A-Za-z_]\w*$/.test(name) ? name : quoted(name)}=`,
          kind: 'attribute',
          about: '',
          goesOn: true,
        })),
      }
    }
    case 'grouping': {
      const asked = place.metrics.length > 0 ? place.metrics : ['']
      const lists = await Promise.all(asked.map((metric) => server.labels(metric)))
      const labels = [...new Set(lists.flat())].filter((name) => name !== '__name__')
      return {
        from: place.from,
        items: labels.map((name) => ({
          label: name,
          insert: name,
          kind: 'attribute',
          about: '',
          goesOn: false,
        })),
      }
    }
    case 'comparison':
      return { from: place.from, items: offered(comparisons, 'operator', { goesOn: true }) }
    case 'value': {
      const values = await server.values(place.label, place.metric)
      return {
        from: place.from,
        isCut: values.length > mostOffered,
        items: fitting(values, place.isQuoted ? text.slice(place.from + 1, offset) : '').names.map(
          (value) => ({
            label: quoted(value),
            insert: quoted(value),
            kind: 'value',
            about: '',
            goesOn: false,
          }),
        ),
      }
    }
    case 'range':
      return { from: place.from, items: offered(ranges, 'value') }
    case 'none':
      return { from: offset, items: [] }
  }
}

/** The type that the end of a name promises. */
const typeByName = (metric: string): string | undefined =>
  metric.endsWith('_total') ? 'counter' : metric.endsWith('_bucket') ? 'histogram' : undefined

/** What is said of the word at `offset`: a metric's type, unit and help, or what a function does. */
async function hoverAt(text: string, offset: number, server: MetricWords): Promise<Hover | undefined> {
  const before = /[A-Za-z_:][\w:]*$/.exec(text.slice(0, offset))?.[0] ?? ''
  const after = /^[\w:]*/.exec(text.slice(offset))?.[0] ?? ''
  const word = before + after
  if (word === '') return undefined
  const [from, to] = [offset - before.length, offset + after.length]
  const ofLanguage = [...functions, ...aggregations, ...groupings, ...operators].find(
    (one) => one.text === word,
  )
  if (ofLanguage) return { from, to, paragraphs: [`${word}: ${ofLanguage.about}`] }
  const known = await server.metadata()
  const about = known.get(word) ?? known.get(baseName(word))
  // What came by OTLP or remote write has no metadata: its name is all there is.
  if (!about && !(await server.metrics()).includes(word)) return undefined
  const unit = about?.unit || unitWordOf(word)
  const said = [word, about?.type ?? typeByName(word), unit && `in ${unit}`].filter(Boolean)
  const help =
    about?.help ??
    `${said.length > 1 ? 'By its name: the' : 'The'} server tells neither its type nor what it means.`
  return { from, to, paragraphs: [said.join(', '), help].filter((line) => line !== '') }
}

/** Help from one server. */
export const promqlHelp = (server: MetricWords): EditorHelp => ({
  complete: (text, offset) => completionsAt(text, offset, server),
  hover: (text, offset) => hoverAt(text, offset, server),
})
