import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { Button } from 'react-aria-components'
import type { Bib, SavedBib } from '../../../server/api/bib.ts'
import { inZone } from '../../api/inventory-queries.ts'
import { put } from '../../api/request.ts'
import { text } from '../../text.ts'
import { Fault } from '../../ui/fault.tsx'
import { ModalDialog } from '../../ui/modal.tsx'
import { useToast } from '../../ui/toast.tsx'
import type { BibTags } from '../editor/saved-bib.ts'
import { TagFields } from '../editor/tag-fields.tsx'

const words = text.editor

/** Sets the management tags of a bib; the record stays as it is (D18). */
export function TagsDialog({ bib, onClose }: { readonly bib: Bib; readonly onClose: () => void }) {
  const { zone, mmsId, version, suppressed, publishToOclc } = bib
  const client = useQueryClient()
  const say = useToast()
  const [tags, setTags] = useState<BibTags>({ suppressed, publishToOclc })
  const setting = useMutation({
    mutationFn: () => put<SavedBib>(`${inZone(zone, 'bibs', mmsId, 'tags')}?ifVersion=${version}`, tags),
    onSuccess: async () => {
      await Promise.all([
        client.invalidateQueries({ queryKey: ['bib'] }),
        client.invalidateQueries({ queryKey: ['search'] }),
      ])
      say(words.tagsSaved)
      onClose()
    },
  })
  return (
    <ModalDialog title={words.tags} onClose={onClose}>
      <form
        className="stack"
        onSubmit={(event) => {
          event.preventDefault()
          setting.mutate()
        }}
      >
        {setting.error !== null && <Fault error={setting.error} />}
        <TagFields tags={tags} isReadOnly={false} onChange={setTags} />
        <div className="dialog-foot">
          <Button className="button" onPress={onClose}>
            {text.inventory.keep}
          </Button>
          <Button className="button primary" type="submit" isPending={setting.isPending}>
            {words.save}
          </Button>
        </div>
      </form>
    </ModalDialog>
  )
}
