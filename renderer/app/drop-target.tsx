import { useEffect, useState } from 'react'
import { type DroppedFiles, droppedFiles } from '../state/dropped-files'
import { Icon } from '../ui/icon'
import styles from './drop-target.module.css'

const holdsFiles = (event: DragEvent): boolean => event.dataTransfer?.types.includes('Files') ?? false

/** The whole window takes files: an overlay shows while they hang over it. */
export function DropTarget({ onDrop }: { readonly onDrop: (dropped: Promise<DroppedFiles>) => void }) {
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
      if (event.dataTransfer) onDrop(droppedFiles(event.dataTransfer))
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
  }, [onDrop])
  if (!isOver) return undefined
  return (
    <div className={styles.overlay}>
      <div className={styles.sign}>
        <Icon name="folder" />
        <div>
          <p className="b">Drop to open</p>
          <p className="t2">
            Traces in Jaeger, OTLP, Tempo, Zipkin or Chrome form, logs and metrics, packed or not; several at
            once, folders and zips are fine. Read here, sent nowhere.
          </p>
        </div>
      </div>
    </div>
  )
}
