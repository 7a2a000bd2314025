/** PromQL, for the editor: metrics in the colour of attributes, operators muted, texts and numbers in their tint, functions bold. */
import { bracketPairs, type QueryLanguage } from '../../ui/code-editor/language'
import { aggregations, functions, groupings, operators } from './vocabulary'

const texts = (list: readonly { readonly text: string }[]): string[] => list.map(({ text }) => text)

export const promql: QueryLanguage = {
  id: 'promql',
  name: 'PromQL',
  configuration: {
    comments: { lineComment: '#' },
    ...bracketPairs([
      ['{', '}'],
      ['(', ')'],
      ['[', ']'],
    ]),
    wordPattern: /[A-Za-z_:][\w:]*/,
  },
  monarch: {
    defaultToken: '',
    functions: [...texts(aggregations), ...texts(functions)],
    keywords: [...texts(operators), ...texts(groupings), 'start', 'end', 'atan2'],
    tokenizer: {
      root: [
        [/#.*$/, 'comment'],
        [/\{/, 'delimiter', '@labels'],
        [/\[/, 'delimiter', '@range'],
        [/"([^"\\]|\\.)*"?|'([^'\\]|\\.)*'?|`[^`]*`?/, 'string'],
        [/\b(by|without|on|ignoring|group_left|group_right)(?=\s*\()/, 'keyword', '@grouping'],
        [/\d+(\.\d+)?(e[-+]?\d+)?((ms|s|m|h|d|w|y)(\d+(ms|s|m|h|d|w|y))*)?\b/, 'number'],
        [
          /[A-Za-z_:][\w:]*/,
          { cases: { '@functions': 'keyword', '@keywords': 'keyword', '@default': 'attribute' } },
        ],
        [/[()]/, 'delimiter'],
        [/[=!<>~+*/%^@,-]+/, 'operator'],
      ],
      labels: [
        [/\}/, 'delimiter', '@pop'],
        [/"([^"\\]|\\.)*"?|'([^'\\]|\\.)*'?|`[^`]*`?/, 'string'],
        [/[=!~,]+/, 'operator'],
      ],
      range: [
        [/\]/, 'delimiter', '@pop'],
        [/[\d\w.:]+/, 'number'],
      ],
      grouping: [
        [/\)/, 'delimiter', '@pop'],
        [/[(,]/, 'delimiter'],
      ],
    },
  },
  triggers: ['{', '"', '=', ',', '(', '[', '~'],
}
