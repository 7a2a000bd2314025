import { useEffect, useState } from 'react'
import { Button } from './button'
import { copy } from './copy'

interface Props {
  /** What is copied: `trace id`. */
  readonly what: string
  readonly text: string
  readonly className?: string | undefined
}

const confirmedMs = 1_500

/** Copies a text; shows a tick and says so. */
export function CopyButton({ what, text, className }: Props) {
  const [isDone, setDone] = useState(false)
  useEffect(() => {
    if (!isDone) return undefined
    const timer = setTimeout(() => setDone(false), confirmedMs)
    return () => clearTimeout(timer)
  }, [isDone])
  return (
    <Button
      look="ghost"
      icon={isDone ? 'check' : 'copy'}
      label={`Copy ${what}`}
      className={className}
      onClick={() => void copy(what, text).then(setDone)}
    />
  )
}
