import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { Switch } from 'react-aria-components'
import { inZone } from '../../../api/inventory-queries.ts'
import { post } from '../../../api/request.ts'
import { text } from '../../../text.ts'
import type { FormProps } from './form-shape.ts'
import { InventoryForm } from './inventory-form.tsx'
import { OwnerChoice, type Place, PlaceChoice } from './place-choice.tsx'

const words = text.inventory

/** Holdings at a place; the call number comes from the bib. */
export function HoldingsForm({ bib, owners, onSaved, onClose }: FormProps) {
  const [owner, setOwner] = useState(owners[0]?.code ?? '')
  const [place, setPlace] = useState<Place | null>(null)
  const [suppressed, setSuppressed] = useState(false)
  const saving = useMutation({
    mutationFn: () =>
      post<{ mmsId: string; isNewBib: boolean }>(inZone(owner, 'bibs', bib.mmsId, 'holdings'), {
        ...place,
        suppressed,
      }),
    onSuccess: ({ mmsId, isNewBib }) => onSaved({ zone: owner, mmsId, isNewBib, what: words.added.holdings }),
  })
  return (
    <InventoryForm
      title={words.addHoldings}
      error={saving.error}
      isPending={saving.isPending}
      whyNot={place === null ? words.needsPlace : null}
      onSave={() => saving.mutate()}
      onClose={onClose}
    >
      <OwnerChoice
        owners={owners}
        owner={owner}
        onChange={(next) => {
          setOwner(next)
          setPlace(null)
        }}
      />
      <PlaceChoice zone={owner} place={place} onChange={setPlace} />
      <p className="hint">{words.callNumberHelp}</p>
      <Switch className="switch" isSelected={suppressed} onChange={setSuppressed}>
        <span className="switch-track" aria-hidden="true" />
        {words.suppress}
      </Switch>
    </InventoryForm>
  )
}
