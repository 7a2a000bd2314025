/** A search as links have it: fields of a form, or tags in one of their spellings. */
import { noConditions } from '#shared/api/contract'
import type { PastedSearch } from './pasted'

const isError = ({ key, value }: PastedSearch['tags'][number]): boolean =>
  key === 'error' && (value === 'true' || value === '')

export function searchOf(said: Partial<PastedSearch>): PastedSearch {
  const { tags = [], ...rest } = said
  return {
    kind: 'search',
    ...noConditions,
    errorsOnly: tags.some(isError),
    traceql: '',
    limit: undefined,
    range: undefined,
    ...rest,
    tags: tags.filter((tag) => !isError(tag)),
  }
}

/** `service.name=shop error=true "a key"="a value"`, as logfmt has it; a key alone has an empty value. */
export const tagsOf = (text: string): PastedSearch['tags'] =>
  [...text.matchAll(/("(?:[^"\\]|\\.)*"|[^\s="]+)(?:=("(?:[^"\\]|\\.)*"|[^\s"]*))?/g)].map(
    ([, key, value = '']) => ({
      key: unquoted(key),
      value: unquoted(value),
    }),
  )

const unquoted = (text: string): string =>
  text.startsWith('"') ? text.slice(1, -1).replaceAll(/\\(.)/g, '$1') : text

/** A whole number of a link; undefined where it is none. */
export const countOf = (text: string | undefined): number | undefined =>
  text !== undefined && /^\d{1,6}$/.test(text) && Number(text) > 0 ? Number(text) : undefined
