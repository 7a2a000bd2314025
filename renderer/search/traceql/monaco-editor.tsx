import { useEffect, useRef, useState } from 'react'
import { useThemeColors } from '../../ui/theme-colors'
import { createEditor, editorColors, markError, rangeOf, setEditorTheme, setWords } from './monaco'
import type { EditorProps } from './traceql-editor'
import styles from './traceql-editor.module.css'

type Editor = ReturnType<typeof createEditor>

const linePx = 18
const paddingPx = 8
const mostLines = 6

/** Light and dark differ in which of text and surface is brighter. */
const isDarkColor = (hex: string): boolean => Number.parseInt(hex[1], 16) < 8

/** The TraceQL editor proper; loaded when it is first needed. */
export function MonacoEditor({ value, onChange, label, words, error, takesFocus }: EditorProps) {
  const container = useRef<HTMLDivElement>(null)
  const [editor, setEditor] = useState<Editor>()
  const [heightPx, setHeight] = useState(linePx + paddingPx)
  const colors = useThemeColors(editorColors)
  /** Texts told to the page that have not come back as `value` yet: typing runs ahead of rendering. */
  const told = useRef<string[]>([])
  const isSetting = useRef(false)
  const latest = useRef({ value, onChange, label, words, takesFocus })
  useEffect(() => {
    latest.current = { value, onChange, label, words, takesFocus }
  })

  useEffect(() => setEditorTheme(colors, isDarkColor(colors['--surface'])), [colors])

  useEffect(() => {
    if (!container.current) return undefined
    const { value, label, words, takesFocus } = latest.current
    const created = createEditor(container.current, value, label)
    created.onDidChangeModelContent(() => {
      if (isSetting.current) return
      told.current.push(created.getValue())
      latest.current.onChange(created.getValue())
    })
    created.onDidContentSizeChange(({ contentHeight }) =>
      setHeight(Math.min(contentHeight, mostLines * linePx + paddingPx)),
    )
    const observer = new ResizeObserver(() => created.layout())
    observer.observe(container.current)
    const model = created.getModel()
    if (takesFocus && model) {
      created.setSelection(rangeOf(model, takesFocus.from, takesFocus.to))
      created.focus()
      // What would have been offered, had it been here when the last key was typed.
      setWords(model, words)
      if (takesFocus.from === takesFocus.to) created.trigger('plain', 'editor.action.triggerSuggest', {})
    }
    setEditor(created)
    return () => {
      observer.disconnect()
      created.getModel()?.dispose()
      created.dispose()
    }
  }, [])

  useEffect(() => {
    const model = editor?.getModel()
    if (!model) return
    const at = told.current.indexOf(value)
    if (at >= 0) {
      told.current.splice(0, at + 1)
      return
    }
    told.current = []
    if (model.getValue() === value) return
    isSetting.current = true
    // Through an edit, so that undo goes back to what was written before.
    model.pushEditOperations([], [{ range: model.getFullModelRange(), text: value }], () => null)
    isSetting.current = false
  }, [editor, value])

  useEffect(() => {
    const model = editor?.getModel()
    if (model) setWords(model, words)
  }, [editor, words])

  useEffect(() => {
    const model = editor?.getModel()
    if (model) markError(model, error)
  }, [editor, error])

  return <div ref={container} className={styles.monaco} style={{ height: heightPx }} />
}
