import type { ReactNode } from 'react'
import { Dialog as AriaDialog, Heading, Modal, ModalOverlay } from 'react-aria-components'
import { Button } from './button'
import styles from './dialog.module.css'

interface Props {
  readonly title: string
  readonly onClose: () => void
  readonly children: ReactNode
  /** The buttons at the end; the last is the one that does it. */
  readonly actions?: ReactNode
  /** Asks before something that cannot be undone. */
  readonly isAlert?: boolean | undefined
  readonly widthPx?: number | undefined
}

/** A window over the page that must be answered first; render it while it is open. Escape closes it. */
export function Dialog({ title, onClose, children, actions, isAlert = false, widthPx = 480 }: Props) {
  return (
    <ModalOverlay
      isOpen
      isDismissable={!isAlert}
      className={styles.overlay}
      onOpenChange={(isOpen) => {
        if (!isOpen) onClose()
      }}
    >
      <Modal className={styles.modal} style={{ width: widthPx }}>
        <AriaDialog role={isAlert ? 'alertdialog' : 'dialog'} className={styles.dialog}>
          <header className={styles.header}>
            <Heading slot="title" level={2} className="grow cut">
              {title}
            </Heading>
            <Button look="ghost" icon="close" label="Close" onClick={onClose} />
          </header>
          <div className={styles.body}>{children}</div>
          {actions !== undefined && <footer className={styles.footer}>{actions}</footer>}
        </AriaDialog>
      </Modal>
    </ModalOverlay>
  )
}
