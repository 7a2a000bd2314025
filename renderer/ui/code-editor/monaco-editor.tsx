import { useEffect, useRef, useState } from 'react'
import { useThemeColors } from '../theme-colors'
import type { MonacoEditorProps } from './code-editor'
import styles from './code-editor.module.css'
import { bindKeys, createEditor, editorColors, rangeOf, setEditorTheme, setHelp, setMarks } from './monaco'

type Editor = ReturnType<typeof createEditor>

const linePx = 18
const paddingPx = 8
const mostLines = 6

/** Light and dark differ in which of text and surface is brighter. */
const isDarkColor = (hex: string): boolean => Number.parseInt(hex[1], 16) < 8

const noHistory: readonly string[] = []

/** The editor proper; loaded when it is first needed. */
export function MonacoEditor(props: MonacoEditorProps) {
  const { value, help, marks } = props
  const container = useRef<HTMLDivElement>(null)
  const [editor, setEditor] = useState<Editor>()
  const [heightPx, setHeight] = useState(linePx + paddingPx)
  const colors = useThemeColors(editorColors)
  /** Texts told to the page that have not come back as `value` yet: typing runs ahead of rendering. */
  const told = useRef<string[]>([])
  const isSetting = useRef(false)
  const latest = useRef(props)
  useEffect(() => {
    latest.current = props
  })

  useEffect(() => setEditorTheme(colors, isDarkColor(colors['--surface'])), [colors])

  useEffect(() => {
    if (!container.current) return undefined
    const { language, value, label, help, takesFocus } = latest.current
    const created = createEditor(container.current, language, value, label)
    created.onDidChangeModelContent(() => {
      if (isSetting.current) return
      told.current.push(created.getValue())
      latest.current.onChange(created.getValue())
    })
    // Where one is in what was asked before: -1 is what was being written.
    let at = -1
    let written = ''
    let isWalking = false
    created.onDidChangeModelContent(() => {
      if (!isWalking) at = -1
    })
    bindKeys(created, () => ({
      submit: latest.current.onSubmit,
      walk(step) {
        const { history = noHistory } = latest.current
        const next = at + step
        const model = created.getModel()
        if (!model || next < -1 || next >= history.length) return
        if (at === -1) written = created.getValue()
        isWalking = true
        created.executeEdits('clew', [
          { range: model.getFullModelRange(), text: next === -1 ? written : history[next] },
        ])
        isWalking = false
        at = next
      },
    }))
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
      setHelp(model, help)
      if (takesFocus.from === takesFocus.to) created.trigger('plain', 'editor.action.triggerSuggest', {})
    }
    setEditor(created)
    return () => {
      observer.disconnect()
      // Taking it apart costs some 35 ms of processor time, before which nothing of the next page would be painted.
      requestIdleCallback(
        () => {
          created.getModel()?.dispose()
          created.dispose()
        },
        { timeout: 1_000 },
      )
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
    if (model) setHelp(model, help)
  }, [editor, help])

  useEffect(() => {
    const model = editor?.getModel()
    if (model) setMarks(model, marks)
  }, [editor, marks])

  return <div ref={container} className={styles.monaco} style={{ height: heightPx }} />
}
