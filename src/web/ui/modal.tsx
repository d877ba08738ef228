import type { ReactNode } from 'react'
import { Dialog, Heading, Modal, ModalOverlay } from 'react-aria-components'

/** A dialog over the screen; Escape and a press outside of it close it, and the focus goes back. */
export function ModalDialog(props: {
  readonly title: string
  readonly onClose: () => void
  readonly className?: string
  readonly isAlert?: boolean
  readonly children: ReactNode
}) {
  return (
    <ModalOverlay
      className="overlay"
      isOpen
      isDismissable
      onOpenChange={(isOpen) => {
        if (!isOpen) props.onClose()
      }}
    >
      <Modal className={`modal ${props.className ?? ''}`}>
        <Dialog role={props.isAlert === true ? 'alertdialog' : 'dialog'}>
          <Heading slot="title">{props.title}</Heading>
          {props.children}
        </Dialog>
      </Modal>
    </ModalOverlay>
  )
}
