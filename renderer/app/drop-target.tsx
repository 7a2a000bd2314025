import { useEffect, useState } from 'react'
import { Icon } from '../ui/icon'
import styles from './drop-target.module.css'

const holdsFiles = (event: DragEvent): boolean => event.dataTransfer?.types.includes('Files') ?? false

/** The whole window takes files: an overlay shows while they hang over it. */
export function DropTarget({ onFiles }: { readonly onFiles: (files: readonly File[]) => void }) {
  const [isOver, setOver] = useState(false)
  useEffect(() => {
    // Every element under the pointer sends its own enter and leave: what counts is how many are entered.
    let entered = 0
    const enter = (event: DragEvent) => {
      if (!holdsFiles(event)) return
      event.preventDefault()
      entered++
      setOver(true)
    }
    const over = (event: DragEvent) => {
      if (!holdsFiles(event)) return
      event.preventDefault()
      if (event.dataTransfer) event.dataTransfer.dropEffect = 'copy'
    }
    const leave = (event: DragEvent) => {
      if (!holdsFiles(event)) return
      entered = Math.max(0, entered - 1)
      if (entered === 0) setOver(false)
    }
    const drop = (event: DragEvent) => {
      if (!holdsFiles(event)) return
      // Without this the browser would leave the page for the file.
      event.preventDefault()
      entered = 0
      setOver(false)
      onFiles([...(event.dataTransfer?.files ?? [])])
    }
    window.addEventListener('dragenter', enter)
    window.addEventListener('dragover', over)
    window.addEventListener('dragleave', leave)
    window.addEventListener('drop', drop)
    return () => {
      window.removeEventListener('dragenter', enter)
      window.removeEventListener('dragover', over)
      window.removeEventListener('dragleave', leave)
      window.removeEventListener('drop', drop)
    }
  }, [onFiles])
  if (!isOver) return undefined
  return (
    <div className={styles.overlay}>
      <div className={styles.sign}>
        <Icon name="folder" />
        <div>
          <p className="b">Drop to open</p>
          <p className="t2">
            Traces in Jaeger, OTLP, Tempo, Zipkin or Chrome form, gzipped or not; several at once are fine.
            Read here, sent nowhere.
          </p>
        </div>
      </div>
    </div>
  )
}
