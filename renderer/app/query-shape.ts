/** In which language something typed is a query, by its outer signs: the pages read it in full. */

/** A filter of lines, which only LogQL has. */
export const hasLineFilter = (text: string): boolean => /\}\s*(\|[=~>]|!=|!~|!>)/.test(text)

/** A call, an aggregation or a selector with a name before its braces; what selects streams, as LogQL does, is not. */
export const looksLikePromql = (text: string): boolean =>
  /^\s*[a-z_:][\w:]*(\s+(by|without)\b[^)]*\)\s*)?[({[].*[)}\]]/is.test(text) && !/(^|[(,])\s*\{/.test(text)

/** A selector of streams: values stand in quotes, which those of TraceQL need not. */
export const looksLikeLogql = (text: string): boolean => /^\s*\{\s*\w+\s*(=~?|!=|!~)\s*["`]/.test(text)

/** Whether something typed is a query at all, rather than words to look for. */
export const isQuery = (text: string): boolean => /^\s*\{/.test(text) || looksLikePromql(text)

/** The attribute that `key=value` names; undefined where it is no such thing. */
export function attributeIn(text: string): { readonly key: string; readonly value: string } | undefined {
  const [, key, value] = /^\s*([\w.@/-]+)\s*=\s*"?([^"=]+?)"?\s*$/.exec(text) ?? []
  return key === undefined || value === undefined ? undefined : { key, value }
}
