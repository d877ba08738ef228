import type { ReactNode } from 'react'
import { Button, Form } from 'react-aria-components'
import { text } from '../../../text.ts'
import { Fault } from '../../../ui/fault.tsx'
import { ModalDialog } from '../../../ui/modal.tsx'

const words = text.inventory

/** A dialog that saves one piece of inventory, and says what stopped it. */
export function InventoryForm(props: {
  readonly title: string
  readonly error: Error | null
  readonly isPending: boolean
  /** Why it cannot be saved yet. */
  readonly whyNot: string | null
  readonly onSave: () => void
  readonly onClose: () => void
  readonly children: ReactNode
}) {
  const { whyNot } = props
  return (
    <ModalDialog title={props.title} onClose={props.onClose}>
      <Form
        className="stack"
        onSubmit={(event) => {
          event.preventDefault()
          if (whyNot === null && !props.isPending) props.onSave()
        }}
      >
        {props.error !== null && <Fault error={props.error} />}
        {props.children}
        {whyNot !== null && <p className="hint">{whyNot}</p>}
        <div className="dialog-foot">
          <Button className="button" onPress={props.onClose}>
            {words.keep}
          </Button>
          <Button className="button primary" type="submit" isPending={props.isPending}>
            {words.save}
          </Button>
        </div>
      </Form>
    </ModalDialog>
  )
}
