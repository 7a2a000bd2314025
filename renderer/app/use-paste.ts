import { useEffect, useRef, useLayoutEffect } from 'react'
import { isTyping } from '../ui/keys'

interface Pasted {
  readonly text: string
  readonly files: readonly File[]
}

/** Hears what is pasted anywhere but into a text. */
export function usePaste(onPaste: (pasted: Pasted) => void): void {
  const latest = useRef(onPaste)
  useLayoutEffect(() => {
    latest.current = onPaste
  })
  useEffect(() => {
    const hear = (event: ClipboardEvent) => {
      if (event.defaultPrevented || isTyping(event.target) || !event.clipboardData) return
      event.preventDefault()
      latest.current({
        text: event.clipboardData.getData('text/plain'),
        files: [...event.clipboardData.files],
      })
    }
    document.addEventListener('paste', hear)
    return () => document.removeEventListener('paste', hear)
  }, [])
}
