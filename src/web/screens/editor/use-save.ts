import { useMutation, useQueryClient } from '@tanstack/react-query'
import type { MarcRecord } from '../../../marc/record.ts'
import type { Bib, SavedBib } from '../../../server/api/bib.ts'
import { inZone } from '../../api/inventory-queries.ts'
import { bibQuery, query } from '../../api/queries.ts'
import { sendRecord } from '../../api/request.ts'
import type { BibTags } from './saved-bib.ts'

type Order = BibTags & {
  readonly record: MarcRecord
  /** Nothing for a new bib. */
  readonly of: { readonly mmsId: string; readonly version: number; readonly lock: string | null } | null
  /** Bibs that match a new one have been looked at. */
  readonly isSure: boolean
}

/** Saves a record, and reads the bib that it became. */
export function useSave(zone: string) {
  const client = useQueryClient()
  return useMutation({
    mutationFn: async (order: Order): Promise<{ readonly saved: SavedBib; readonly bib: Bib }> => {
      const { record, of, isSure, suppressed, publishToOclc } = order
      const tags = { suppressed: String(suppressed), publishToOclc }
      const saved =
        of === null
          ? await sendRecord<SavedBib>(
              'POST',
              inZone(zone, 'bibs') + query({ ...tags, checkMatch: String(!isSure) }),
              record,
            )
          : await sendRecord<SavedBib>(
              'PUT',
              inZone(zone, 'bibs', of.mmsId) +
                query({ ...tags, ifVersion: String(of.version), lock: of.lock ?? undefined }),
              record,
            )
      await Promise.all([
        client.invalidateQueries({ queryKey: ['bib'], refetchType: 'none' }),
        client.invalidateQueries({ queryKey: ['search'] }),
      ])
      const bib = await client.fetchQuery({ ...bibQuery(zone, saved.mmsId), staleTime: 0 })
      return { saved, bib }
    },
  })
}
