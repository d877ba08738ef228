import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { Input, Label, Text, TextField } from 'react-aria-components'
import { type Holdings, inZone, type Item } from '../../../api/inventory-queries.ts'
import { post, put } from '../../../api/request.ts'
import { text } from '../../../text.ts'
import { Choice } from '../../../ui/choice.tsx'
import { type FormProps, typed } from './form-shape.ts'
import { InventoryForm } from './inventory-form.tsx'
import { OwnerChoice, type Place, PlaceChoice } from './place-choice.tsx'

const words = text.inventory

type Status = Item['status']
const statuses = Object.keys(words.statuses) as readonly Status[]

/** An item, at a place or in holdings that there are; or another content for one. What the form does not show stays. */
export function ItemForm(props: FormProps & { readonly item: Item | null; readonly at: Holdings | null }) {
  const { bib, owners, item, at, onSaved, onClose } = props
  const [owner, setOwner] = useState(owners[0]?.code ?? bib.zone)
  const [place, setPlace] = useState<Place | null>(at)
  const [barcode, setBarcode] = useState(item?.barcode ?? '')
  const [status, setStatus] = useState<Status>(item?.status ?? 'in-place')
  const [policy, setPolicy] = useState(item?.policy ?? '')
  const [description, setDescription] = useState(item?.description ?? '')
  const [publicNote, setPublicNote] = useState(item?.publicNote ?? '')
  const given = {
    barcode: typed(barcode),
    status,
    policy: typed(policy),
    description: typed(description),
    publicNote: typed(publicNote),
  }
  const saving = useMutation({
    mutationFn: async () => {
      if (item === null)
        return post<{ mmsId: string; isNewBib: boolean }>(inZone(owner, 'bibs', bib.mmsId, 'items'), {
          library: place?.library,
          location: place?.location,
          item: given,
        })
      await put(inZone(owner, 'items', item.itemId), {
        version: item.version,
        item: { ...contentOf(item), ...given },
      })
      return { mmsId: bib.mmsId, isNewBib: false }
    },
    onSuccess: ({ mmsId, isNewBib }) =>
      onSaved({ zone: owner, mmsId, isNewBib, what: item === null ? words.added.item : words.changed }),
  })
  return (
    <InventoryForm
      title={item === null ? words.addItem : words.changeItem(item.barcode ?? words.noBarcode)}
      error={saving.error}
      isPending={saving.isPending}
      whyNot={item === null && place === null ? words.needsPlace : null}
      onSave={() => saving.mutate()}
      onClose={onClose}
    >
      {item === null && (
        <>
          <OwnerChoice
            owners={owners}
            owner={owner}
            onChange={(next) => {
              setOwner(next)
              setPlace(null)
            }}
          />
          <PlaceChoice zone={owner} place={place} onChange={setPlace} />
        </>
      )}
      <TextField className="text-field" value={barcode} onChange={setBarcode} maxLength={100} autoFocus>
        <Label>{words.barcode}</Label>
        <Input spellCheck="false" autoComplete="off" />
      </TextField>
      <Choice
        label={words.status}
        value={status}
        onChange={(next) => setStatus(statuses.find((one) => one === next) ?? status)}
        options={statuses.map((one) => ({ id: one, label: words.statuses[one] }))}
      />
      <TextField className="text-field" value={policy} onChange={setPolicy}>
        <Label>{words.policy}</Label>
        <Input />
      </TextField>
      <TextField className="text-field" value={description} onChange={setDescription}>
        <Label>{words.description}</Label>
        <Input />
        <Text slot="description">{words.descriptionHelp}</Text>
      </TextField>
      <TextField className="text-field" value={publicNote} onChange={setPublicNote}>
        <Label>{words.publicNote}</Label>
        <Input />
      </TextField>
    </InventoryForm>
  )
}

/** All of an item that a person may give it: what is left out of a change would be emptied. */
const contentOf = (item: Item) => ({
  materialType: item.materialType,
  copyNumber: item.copyNumber,
  enumeration: item.enumeration,
  chronology: item.chronology,
  fulfilmentNote: item.fulfilmentNote,
  internalNote: item.internalNote,
  inventoryNumber: item.inventoryNumber,
  receivedOn: item.receivedOn,
  temporaryLibrary: item.temporaryLibrary,
  temporaryLocation: item.temporaryLocation,
})
