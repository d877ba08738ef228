import { type ReactNode, useEffect, useState } from 'react'
import { Dialog, Heading, Modal, ModalOverlay } from 'react-aria-components'

/** A dialog over the screen; Escape and a press outside of it close it, and the focus goes back. */
export function ModalDialog(props: {
  readonly title: string
  readonly onClose: () => void
  readonly className?: string
  readonly isAlert?: boolean
  readonly children: ReactNode
}) {
  useFocusBackInto()
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

/** An editor is a tree of its own, of which the focus is given back to the outside alone, which takes none. */
function useFocusBackInto(): void {
  const [within] = useState(() => {
    const inner = document.activeElement?.shadowRoot?.activeElement
    return inner instanceof HTMLElement ? inner : null
  })
  useEffect(
    () => () => {
      // What is behind the dialog takes no focus until the dialog is quite gone.
      requestAnimationFrame(() => {
        if (document.activeElement === document.body) within?.focus()
      })
    },
    [within],
  )
}
