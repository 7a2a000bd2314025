/** Monaco as the TraceQL editor needs it: the core, few features, the language once, the theme from our tokens. */
import 'monaco-editor/editor/contrib/suggest/browser/suggestController'
import 'monaco-editor/features/bracketMatching/register'
import 'monaco-editor/features/caretOperations/register'
import 'monaco-editor/features/clipboard/register'
import 'monaco-editor/features/suggest/register'
import 'monaco-editor/features/wordOperations/register'
import * as monaco from 'monaco-editor/editor/editor.api'
// oxlint-disable-next-line import/default -- vite makes the default export
import EditorWorker from 'monaco-editor/editor/editor.worker?worker'
import { completionsAt, type Completion, type ServerWords } from './completion'
import { traceqlConfiguration, traceqlMonarch } from './monarch'

// Hardly ever started: the language has its own completion, and a query has no links or colours to look for.
self.MonacoEnvironment = { getWorker: () => new EditorWorker() }

const languageId = 'traceql'

const itemKinds: Readonly<Record<Completion['kind'], monaco.languages.CompletionItemKind>> = {
  scope: monaco.languages.CompletionItemKind.Module,
  intrinsic: monaco.languages.CompletionItemKind.Keyword,
  attribute: monaco.languages.CompletionItemKind.Field,
  operator: monaco.languages.CompletionItemKind.Operator,
  value: monaco.languages.CompletionItemKind.Value,
  function: monaco.languages.CompletionItemKind.Function,
}

/** Which servers an editor asks for words; an editor gives its own. */
const wordsOfModel = new WeakMap<monaco.editor.ITextModel, ServerWords>()

/** Tells an editor's text which servers know its words. */
export function setWords(model: monaco.editor.ITextModel, words: ServerWords): void {
  wordsOfModel.set(model, words)
}

function registerLanguage(): void {
  monaco.languages.register({ id: languageId })
  monaco.languages.setLanguageConfiguration(languageId, traceqlConfiguration)
  monaco.languages.setMonarchTokensProvider(languageId, traceqlMonarch)
  monaco.languages.registerCompletionItemProvider(languageId, {
    triggerCharacters: ['{', '.', ':', '"', ' ', '=', '&', '|', '('],
    async provideCompletionItems(model, position) {
      const words = wordsOfModel.get(model)
      if (!words) return { suggestions: [] }
      const offset = model.getOffsetAt(position)
      const { from, items } = await completionsAt(model.getValue(), offset, words)
      const start = model.getPositionAt(from)
      // A quote that stands after the cursor belongs to the value that is replaced.
      const after = model.getValue()[offset] === '"' && model.getValue()[from] === '"' ? 1 : 0
      const range = new monaco.Range(
        start.lineNumber,
        start.column,
        position.lineNumber,
        position.column + after,
      )
      return {
        suggestions: items.map((item, index) => ({
          label: { label: item.label, description: item.about },
          insertText: item.insert,
          kind: itemKinds[item.kind],
          range,
          filterText: item.label,
          // In the order they were given, where the match is equal.
          sortText: String(index).padStart(6, '0'),
          ...(item.insert.includes('$0')
            ? { insertTextRules: monaco.languages.CompletionItemInsertTextRule.InsertAsSnippet }
            : {}),
          ...(item.goesOn ? { command: { id: 'editor.action.triggerSuggest', title: 'Suggest' } } : {}),
        })),
      }
    },
  })
}

registerLanguage()

/** Theme tokens the editor is coloured with. */
export const editorColors = [
  '--surface',
  '--overlay',
  '--text',
  '--text-2',
  '--text-3',
  '--line-strong',
  '--selected',
  '--focus',
  '--trace',
  '--log',
  '--metric',
  '--error-fill',
  '--accent',
  '--hover',
] as const

/** Built style sheets write `#fff`; Monaco wants all six digits. */
const sixDigits = (color: string): string =>
  color.length === 4 ? color.replace(/[\da-f]/gi, (digit) => digit + digit) : color

/** Gives every editor the colours of the page. */
export function setEditorTheme(
  given: Readonly<Record<(typeof editorColors)[number], string>>,
  isDark: boolean,
): void {
  const colors = Object.fromEntries(
    Object.entries(given).map(([name, color]) => [name, sixDigits(color)]),
  ) as Record<(typeof editorColors)[number], string>
  const bare = (name: (typeof editorColors)[number]): string => colors[name].replace('#', '')
  monaco.editor.defineTheme('clew', {
    base: isDark ? 'vs-dark' : 'vs',
    inherit: true,
    rules: [
      { token: '', foreground: bare('--text') },
      { token: 'attribute', foreground: bare('--trace') },
      { token: 'string', foreground: bare('--log') },
      { token: 'number', foreground: bare('--metric') },
      { token: 'keyword', foreground: bare('--text'), fontStyle: 'bold' },
      { token: 'operator', foreground: bare('--text-3') },
      { token: 'delimiter', foreground: bare('--text-3') },
      { token: 'comment', foreground: bare('--text-3') },
    ],
    colors: {
      'editor.background': colors['--surface'],
      'editor.foreground': colors['--text'],
      'editorCursor.foreground': colors['--text'],
      'editor.selectionBackground': colors['--selected'],
      'editorBracketMatch.background': colors['--hover'],
      'editorBracketMatch.border': colors['--line-strong'],
      'editorError.foreground': colors['--error-fill'],
      'editorSuggestWidget.background': colors['--overlay'],
      'editorSuggestWidget.foreground': colors['--text'],
      'editorSuggestWidget.border': colors['--line-strong'],
      'editorSuggestWidget.selectedBackground': colors['--selected'],
      'editorSuggestWidget.selectedForeground': colors['--text'],
      'editorSuggestWidget.selectedIconForeground': colors['--text-2'],
      'editorSuggestWidget.highlightForeground': colors['--accent'],
      'editorSuggestWidget.focusHighlightForeground': colors['--accent'],
      'list.hoverBackground': colors['--hover'],
      'symbolIcon.fieldForeground': colors['--trace'],
      focusBorder: colors['--focus'],
    },
  })
  monaco.editor.setTheme('clew')
}

/** A single query: no line numbers, no minimap, Tab leaves it. */
export function createEditor(
  container: HTMLElement,
  text: string,
  label: string,
): monaco.editor.IStandaloneCodeEditor {
  const editor = monaco.editor.create(container, {
    value: text,
    language: languageId,
    theme: 'clew',
    ariaLabel: label,
    // Completion lists hang over the panel's edge.
    fixedOverflowWidgets: true,
    tabFocusMode: true,
    wordWrap: 'on',
    wrappingIndent: 'indent',
    lineNumbers: 'off',
    glyphMargin: false,
    folding: false,
    lineDecorationsWidth: 0,
    lineNumbersMinChars: 0,
    minimap: { enabled: false },
    overviewRulerLanes: 0,
    overviewRulerBorder: false,
    hideCursorInOverviewRuler: true,
    renderLineHighlight: 'none',
    scrollBeyondLastLine: false,
    scrollbar: {
      vertical: 'auto',
      horizontal: 'hidden',
      verticalScrollbarSize: 8,
      alwaysConsumeMouseWheel: false,
    },
    // A bracket or quote typed where one stands already is that one, however it came there.
    autoClosingOvertype: 'always',
    // A value that is completed brings both of its quotes.
    autoClosingQuotes: 'never',
    contextmenu: false,
    occurrencesHighlight: 'off',
    selectionHighlight: false,
    links: false,
    fontFamily: getComputedStyle(document.documentElement).getPropertyValue('--font-mono').trim(),
    fontSize: 11.5,
    lineHeight: 18,
    padding: { top: 4, bottom: 4 },
    quickSuggestions: { other: true, strings: true, comments: false },
    wordBasedSuggestions: 'off',
    suggest: { showIcons: true, showStatusBar: false, preview: false, showInlineDetails: true },
    acceptSuggestionOnCommitCharacter: false,
    unicodeHighlight: { ambiguousCharacters: false, invisibleCharacters: true },
  })
  editor.getModel()?.updateOptions({
    bracketColorizationOptions: { enabled: false, independentColorPoolPerBracketType: false },
  })
  return editor
}

/** A stretch of the text by its offsets. */
export function rangeOf(model: monaco.editor.ITextModel, from: number, to: number): monaco.Range {
  return monaco.Range.fromPositions(model.getPositionAt(from), model.getPositionAt(to))
}

/** Marks what a server could not read, from a place to the end of its word; the whole text when it named no place. */
export function markError(
  model: monaco.editor.ITextModel,
  error:
    | { readonly line: number | undefined; readonly column: number | undefined; readonly message: string }
    | undefined,
): void {
  if (!error) {
    monaco.editor.setModelMarkers(model, 'server', [])
    return
  }
  const line = Math.min(error.line ?? 1, model.getLineCount())
  const column = Math.min(error.column ?? 1, model.getLineMaxColumn(line))
  const word = model.getWordAtPosition({ lineNumber: line, column })
  const isPlaced = error.line !== undefined
  monaco.editor.setModelMarkers(model, 'server', [
    {
      severity: monaco.MarkerSeverity.Error,
      message: error.message,
      startLineNumber: isPlaced ? line : 1,
      startColumn: isPlaced ? (word?.startColumn ?? Math.max(1, column - 1)) : 1,
      endLineNumber: isPlaced ? line : model.getLineCount(),
      endColumn: isPlaced ? (word?.endColumn ?? column + 1) : model.getLineMaxColumn(model.getLineCount()),
    },
  ])
}
