/** Colours of TraceQL while it is being written: names plain, operators muted, texts and numbers in their tint, keywords bold. */
import type { languages } from 'monaco-editor/editor/editor.api'
import { bracketPairs, type QueryLanguage } from '../../ui/code-editor/language'

const configuration: languages.LanguageConfiguration = {
  comments: { lineComment: '//', blockComment: ['/*', '*/'] },
  ...bracketPairs([
    ['{', '}'],
    ['(', ')'],
  ]),
  // `resource.service.name` is one word for completion and double click.
  wordPattern: /[\p{L}\p{N}_.:/-]+/u,
}

const monarch: languages.IMonarchLanguage = {
  defaultToken: '',
  fields: [
    'status',
    'statusMessage',
    'name',
    'kind',
    'duration',
    'rootName',
    'rootServiceName',
    'traceDuration',
    'nestedSetLeft',
    'nestedSetRight',
    'nestedSetParent',
    'parent',
  ],
  constants: [
    'error',
    'ok',
    'unset',
    'server',
    'client',
    'producer',
    'consumer',
    'internal',
    'unspecified',
    'true',
    'false',
    'nil',
  ],
  functions: [
    'count',
    'avg',
    'min',
    'max',
    'sum',
    'by',
    'select',
    'coalesce',
    'with',
    'rate',
    'count_over_time',
    'min_over_time',
    'max_over_time',
    'avg_over_time',
    'sum_over_time',
    'quantile_over_time',
    'histogram_over_time',
    'compare',
    'topk',
    'bottomk',
  ],
  tokenizer: {
    root: [
      [/\/\/.*$/, 'comment'],
      [/\/\*/, 'comment', '@comment'],
      [/(resource|span|event|link|instrumentation|parent)?\.(?=["A-Za-z_])/, 'attribute', '@attribute'],
      [/(trace|span|event|link|instrumentation):[A-Za-z]+/, 'keyword'],
      [/"([^"\\]|\\.)*"?/, 'string'],
      [/`[^`]*`?/, 'string'],
      [/\d+(\.\d+)?((ns|us|µs|ms|s|m|h)(\d+(\.\d+)?)?)*/, 'number'],
      [
        /[A-Za-z_]\w*/,
        {
          cases: { '@fields': 'keyword', '@functions': 'keyword', '@constants': 'number', '@default': '' },
        },
      ],
      [/[{}()]/, 'delimiter'],
      [/[=!<>~&|+*/%^,-]+/, 'operator'],
    ],
    attribute: [
      [/"([^"\\]|\\.)*"?/, 'attribute', '@pop'],
      [/[\w.:/@#$%-]+/, 'attribute', '@pop'],
      [/(?=.)/, '', '@pop'],
    ],
    comment: [
      [/\*\//, 'comment', '@pop'],
      [/./, 'comment'],
    ],
  },
}

/** TraceQL, for the editor. */
export const traceql: QueryLanguage = {
  id: 'traceql',
  name: 'TraceQL',
  configuration,
  monarch,
  triggers: ['{', '.', ':', '"', ' ', '=', '&', '|', '('],
}
