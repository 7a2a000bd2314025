/** Monaco as queries need it: the core, few features, each language once, the theme from our tokens. */
import 'monaco-editor/editor/contrib/suggest/browser/suggestController'
import 'monaco-editor/features/bracketMatching/register'
import 'monaco-editor/features/caretOperations/register'
import 'monaco-editor/features/clipboard/register'
import 'monaco-editor/features/hover/register'
import 'monaco-editor/features/suggest/register'
import 'monaco-editor/features/wordOperations/register'
import * as monaco from 'monaco-editor/editor/editor.api'
// oxlint-disable-next-line import/default -- vite makes the default export
import EditorWorker from 'monaco-editor/editor/editor.worker?worker'
import type { Completion, EditorHelp, EditorMark, QueryLanguage } from './language'

// Hardly ever started: each language has its own completion, and a query has no links or colours to look for.
self.MonacoEnvironment = { getWorker: () => new EditorWorker() }

const itemKinds: Readonly<Record<Completion['kind'], monaco.languages.CompletionItemKind>> = {
  scope: monaco.languages.CompletionItemKind.Module,
  keyword: monaco.languages.CompletionItemKind.Keyword,
  attribute: monaco.languages.CompletionItemKind.Field,
  operator: monaco.languages.CompletionItemKind.Operator,
  value: monaco.languages.CompletionItemKind.Value,
  function: monaco.languages.CompletionItemKind.Function,
  metric: monaco.languages.CompletionItemKind.Variable,
}

/** Who helps with an editor's text; each editor has its own. */
const helpOfModel = new WeakMap<monaco.editor.ITextModel, EditorHelp>()

/** Tells an editor's text who helps with it. */
export function setHelp(model: monaco.editor.ITextModel, help: EditorHelp): void {
  helpOfModel.set(model, help)
}

/** Plain text in Monaco's markdown: every sign that could mean something is escaped. */
const plain = (text: string): monaco.IMarkdownString => ({
  value: text.replace(/[\\`*_{}[\]()#+\-.!~|<>&]/g, '\\$&'),
})

const registered = new Set<string>()

function registerLanguage(language: QueryLanguage): void {
  if (registered.has(language.id)) return
  registered.add(language.id)
  monaco.languages.register({ id: language.id })
  monaco.languages.setLanguageConfiguration(language.id, language.configuration)
  monaco.languages.setMonarchTokensProvider(language.id, language.monarch)
  monaco.languages.registerCompletionItemProvider(language.id, {
    triggerCharacters: [...language.triggers],
    async provideCompletionItems(model, position) {
      const help = helpOfModel.get(model)
      if (!help) return { suggestions: [] }
      const offset = model.getOffsetAt(position)
      const { from, items, isCut } = await help.complete(model.getValue(), offset)
      // A query that was run meanwhile has another editor.
      if (model.isDisposed()) return { suggestions: [] }
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
        incomplete: isCut ?? false,
        suggestions: items.map((item, index) => ({
          label: { label: item.label, description: item.about },
          insertText: item.insert,
          kind: itemKinds[item.kind],
          range,
          filterText: item.label,
          // In the order they were given, where the match is equal.
          sortText: String(index).padStart(6, '0'),
          ...(item.detail ? { documentation: plain(item.detail) } : {}),
          ...(item.insert.includes('$0')
            ? { insertTextRules: monaco.languages.CompletionItemInsertTextRule.InsertAsSnippet }
            : {}),
          ...(item.goesOn ? { command: { id: 'editor.action.triggerSuggest', title: 'Suggest' } } : {}),
        })),
      }
    },
  })
  monaco.languages.registerHoverProvider(language.id, {
    async provideHover(model, position) {
      const found = await helpOfModel.get(model)?.hover?.(model.getValue(), model.getOffsetAt(position))
      return found && { range: rangeOf(model, found.from, found.to), contents: found.paragraphs.map(plain) }
    },
  })
}

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
  language: QueryLanguage,
  text: string,
  label: string,
): monaco.editor.IStandaloneCodeEditor {
  registerLanguage(language)
  const editor = monaco.editor.create(container, {
    value: text,
    language: language.id,
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

/** What the keys of a query do, beside writing. */
export interface QueryKeys {
  /** Undefined: Enter begins a line. */
  readonly submit: (() => void) | undefined
  /** One step into what was asked before, or back. */
  readonly walk: (step: 1 | -1) => void
}

/** Enter asks, Shift+Enter begins a line, Alt with the arrows walks through what was asked before. */
export function bindKeys(editor: monaco.editor.IStandaloneCodeEditor, keys: () => QueryKeys): void {
  const { KeyCode, KeyMod } = monaco
  editor.addAction({
    id: 'clew.submit',
    label: 'Ask',
    keybindings: [KeyCode.Enter],
    // A list that is open takes Enter for itself.
    keybindingContext: '!suggestWidgetVisible',
    run: () => {
      const { submit } = keys()
      if (submit) submit()
      else editor.trigger('clew', 'type', { text: '\n' })
    },
  })
  editor.addAction({
    id: 'clew.older',
    label: 'What was asked before',
    keybindings: [KeyMod.Alt | KeyCode.UpArrow],
    run: () => keys().walk(1),
  })
  editor.addAction({
    id: 'clew.newer',
    label: 'What was asked after',
    keybindings: [KeyMod.Alt | KeyCode.DownArrow],
    run: () => keys().walk(-1),
  })
}

function markerOf(model: monaco.editor.ITextModel, mark: EditorMark): monaco.editor.IMarkerData {
  const line = Math.min(mark.line ?? 1, model.getLineCount())
  const column = Math.min(mark.column ?? 1, model.getLineMaxColumn(line))
  const word = mark.length === undefined ? model.getWordAtPosition({ lineNumber: line, column }) : null
  const isPlaced = mark.line !== undefined
  const nextColumn = column + (mark.length ?? 1)
  // At the end of a line there is nothing to underline: the sign before it is.
  const isAtEnd = mark.length === undefined && column === model.getLineMaxColumn(line)
  return {
    severity: mark.severity === 'error' ? monaco.MarkerSeverity.Error : monaco.MarkerSeverity.Warning,
    message: mark.message,
    startLineNumber: isPlaced ? line : 1,
    startColumn: isPlaced ? (word?.startColumn ?? (isAtEnd ? Math.max(1, column - 1) : column)) : 1,
    endLineNumber: isPlaced ? line : model.getLineCount(),
    endColumn: isPlaced ? (word?.endColumn ?? nextColumn) : model.getLineMaxColumn(model.getLineCount()),
  }
}

/** Marks what is wrong, from a place to the end of its word; the whole text where no place was named. */
export function setMarks(model: monaco.editor.ITextModel, marks: readonly EditorMark[]): void {
  monaco.editor.setModelMarkers(
    model,
    'query',
    marks.map((mark) => markerOf(model, mark)),
  )
}
