/** What the code editor is told of a query language, and what it asks while one writes. */
import type { languages } from 'monaco-editor/editor/editor.api'

/** A language that queries are written in; the same object for as long as the page is there. */
export interface QueryLanguage {
  /** Unique among languages: `promql`. */
  readonly id: string
  /** As people write it: `PromQL`. */
  readonly name: string
  readonly configuration: languages.LanguageConfiguration
  readonly monarch: languages.IMonarchLanguage
  /** Signs after which the list of what can follow opens by itself. */
  readonly triggers: readonly string[]
}

/** Pairs of brackets: shown together, and closed as soon as they are opened. */
export function bracketPairs(
  pairs: readonly (readonly [open: string, close: string])[],
): Pick<languages.LanguageConfiguration, 'brackets' | 'autoClosingPairs'> {
  return {
    brackets: pairs.map(([open, close]) => [open, close]),
    autoClosingPairs: pairs.map(([open, close]) => ({ open, close })),
  }
}

export interface Completion {
  readonly label: string
  /** What is written; the cursor goes to `$0` if it is in there. */
  readonly insert: string
  readonly kind: 'scope' | 'keyword' | 'attribute' | 'operator' | 'value' | 'function' | 'metric'
  /** What it is, in a few words. */
  readonly about: string
  /** More than fits into the line: shown beside the list. */
  readonly detail?: string | undefined
  /** The list of what comes next opens at once. */
  readonly goesOn: boolean
}

export interface Completions {
  /** Where the inserted text begins; it replaces what is written up to the cursor. */
  readonly from: number
  readonly items: readonly Completion[]
  /** The server held something back: the list is asked for again at the next key. */
  readonly isCut?: boolean | undefined
}

/** What is said of a stretch of the text under the pointer, paragraph by paragraph, as plain text. */
export interface Hover {
  readonly from: number
  readonly to: number
  readonly paragraphs: readonly string[]
}

/** Who helps with one editor's text. A failure is an empty list: help must never stand in the way of writing. */
export interface EditorHelp {
  complete(text: string, offset: number): Promise<Completions>
  hover?(text: string, offset: number): Promise<Hover | undefined>
}

/** Something about a place in the text. */
export interface EditorMark {
  readonly severity: 'error' | 'warning'
  /** 1 for the first; undefined when it is about the whole text. */
  readonly line: number | undefined
  readonly column: number | undefined
  /** How far it reaches on its line; to the end of the word where it is left out. */
  readonly length?: number | undefined
  readonly message: string
}
