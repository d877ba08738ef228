import { type QueryClient, useMutation, useQueryClient } from '@tanstack/react-query'
import type { UnlinkedBib } from '../../../../server/api/bib.ts'
import type { Unshared } from '../../../../server/api/share.ts'
import { inZone } from '../../../api/inventory-queries.ts'
import { post, remove } from '../../../api/request.ts'
import { text } from '../../../text.ts'
import { useToast } from '../../../ui/toast.tsx'

/** Makes a linked bib the institution's own. */
export function useUnlink(zone: string, mmsId: string) {
  const client = useQueryClient()
  const say = useToast()
  return useMutation({
    mutationFn: () => remove<UnlinkedBib>(inZone(zone, 'bibs', mmsId, 'link')),
    onSuccess: async ({ unlinkedFrom }) => {
      await sharingChanged(client)
      say(text.sharing.unlink.done(unlinkedFrom))
    },
  })
}

/** Takes back the last share of a bib, by a job that is run to its end meanwhile. */
export function useUndoShare(zone: string, mmsId: string) {
  const client = useQueryClient()
  return useMutation({
    mutationFn: () => post<Unshared>(inZone(zone, 'bibs', mmsId, 'share', 'undo')),
    onSuccess: () => sharingChanged(client),
  })
}

/** What is linked to what is asked anew, on every screen that says so. */
export const sharingChanged = (client: QueryClient): Promise<unknown> =>
  Promise.all(
    ['bib', 'own bibs', 'search', 'jobs', 'inventory'].map((of) =>
      client.invalidateQueries({ queryKey: [of] }),
    ),
  )
