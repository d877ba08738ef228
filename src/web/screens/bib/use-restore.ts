import { useMutation, useQueryClient } from '@tanstack/react-query'
import type { RestoredBib } from '../../../server/api/bib.ts'
import { post } from '../../api/request.ts'
import { text } from '../../text.ts'
import { useToast } from '../../ui/toast.tsx'

/** Makes the bib again what it was in a version; that is a version of its own, and can be taken back alike. */
export function useRestore(zone: string, mmsId: string, onDone: () => void) {
  const client = useQueryClient()
  const say = useToast()
  return useMutation({
    mutationFn: (version: number) =>
      post<RestoredBib>(
        `/api/zones/${encodeURIComponent(zone)}/bibs/${encodeURIComponent(mmsId)}/versions/${version}/restore`,
      ),
    onSuccess: async ({ version }) => {
      await client.invalidateQueries({ queryKey: ['bib', zone, mmsId] })
      say(text.bib.restored(version))
      onDone()
    },
  })
}
