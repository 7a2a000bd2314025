/** Colours of LogQL while it is being written. */
import { bracketPairs, type QueryLanguage } from '../ui/code-editor/language'
import { aggregations, rangeFunctions, stages } from './vocabulary'

const words = [...stages, ...rangeFunctions, ...aggregations].map(({ text }) => text)

/** LogQL, for the editor. */
export const logql: QueryLanguage = {
  id: 'logql',
  name: 'LogQL',
  configuration: {
    comments: { lineComment: '#' },
    ...bracketPairs([
      ['{', '}'],
      ['(', ')'],
      ['[', ']'],
    ]),
    wordPattern: /[\p{L}\p{N}_]+/u,
  },
  monarch: {
    defaultToken: '',
    keywords: [...words, 'by', 'without', 'or', 'and', 'unless', 'on', 'ignoring', 'offset', 'bool'],
    tokenizer: {
      root: [
        [/#.*$/, 'comment'],
        [/"([^"\\]|\\.)*"?/, 'string'],
        [/`[^`]*`?/, 'string'],
        [/[A-Za-z_]\w*(?=\s*(=~|!~|!=|=|>|<))/, 'attribute'],
        [/\d+(\.\d+)?((ns|us|µs|ms|s|m|h|d|w|[KMGT]i?B|B)(\d+(\.\d+)?)?)*/, 'number'],
        [/[A-Za-z_]\w*/, { cases: { '@keywords': 'keyword', '@default': '' } }],
        [/[{}()[\]]/, 'delimiter'],
        [/[=!<>~|+*/%^,-]+/, 'operator'],
      ],
    },
  },
  triggers: ['{', ',', '"', '=', '~', '|', ' ', '('],
}
