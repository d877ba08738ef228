import { useState } from 'react'
import { Button } from 'react-aria-components'
import type { Bib } from '../../../../server/api/bib.ts'
import { useMayNot } from '../../../people/me.tsx'
import { text } from '../../../text.ts'
import { Choice } from '../../../ui/choice.tsx'
import { Fault } from '../../../ui/fault.tsx'
import { ModalDialog } from '../../../ui/modal.tsx'

const words = text.inventory.last

const settlings = ['keep', 'suppress', 'delete'] as const
export type Settling = (typeof settlings)[number]

/** Asks what becomes of a bib before the last of its inventory goes; both are done together, or neither (D8). */
export function LastPiece(props: {
  readonly bib: Bib
  readonly error: Error | null
  readonly isPending: boolean
  readonly onRemove: (bib: Settling) => void
  readonly onClose: () => void
}) {
  const { zone, linkedMmsId, suppressed } = props.bib
  const [settling, setSettling] = useState<Settling>('keep')
  const mayNotSuppress = useMayNot('bib.edit', zone)
  const mayNotDelete = useMayNot('bib.delete', zone)
  const isOffered: Readonly<Record<Settling, boolean>> = {
    keep: true,
    suppress: mayNotSuppress === null && !suppressed,
    delete: mayNotDelete === null && linkedMmsId === null,
  }
  return (
    <ModalDialog title={words.title} onClose={props.onClose} isAlert>
      <div className="stack">
        {props.error !== null && <Fault error={props.error} />}
        <p>{words.question}</p>
        <Choice
          label={words.choice}
          value={settling}
          onChange={(id) => setSettling(settlings.find((one) => one === id) ?? 'keep')}
          options={settlings.filter((one) => isOffered[one]).map((id) => ({ id, label: words.choices[id] }))}
        />
        {linkedMmsId !== null && <p className="hint">{words.isLinked}</p>}
        <div className="dialog-foot">
          <Button className="button" onPress={props.onClose}>
            {text.inventory.keep}
          </Button>
          <Button
            className="button primary"
            isPending={props.isPending}
            onPress={() => props.onRemove(settling)}
          >
            {words.remove}
          </Button>
        </div>
      </div>
    </ModalDialog>
  )
}
