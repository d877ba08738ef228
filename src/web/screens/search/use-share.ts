import { useMutation, useQueryClient } from '@tanstack/react-query'
import type { SharedBib } from '../../../server/api/bib.ts'
import type { Zone } from '../../../server/api/zone.ts'
import { post } from '../../api/request.ts'
import { useMayNot } from '../../people/me.tsx'
import { useZone } from '../../shell/zone.tsx'
import { text } from '../../text.ts'

const words = text.search.share

export type Sharing = {
  /** Whether the person works in an institution, and looks at what others have. */
  readonly isOffered: boolean
  /** Why nothing can be taken into the person's institution, in words; nothing where it can. */
  readonly whyNot: string | null
  readonly copy: (mmsId: string) => void
  readonly link: (mmsId: string) => void
  readonly isPending: boolean
  readonly error: Error | null
  /** What came of the last one, and where it is. */
  readonly done: { readonly said: string; readonly zone: string; readonly mmsId: string } | null
}

/** Taking bibs of the network or the community zone into the institution that the person works in. */
export function useShare(searched: Zone | null): Sharing {
  const client = useQueryClient()
  const { zone: working } = useZone()
  const mayNot = useMayNot('bib.share', working?.code ?? null)
  const sharing = useMutation({
    mutationFn: async ({ how, of }: { readonly how: 'copied-bibs' | 'linked-bibs'; readonly of: string }) => {
      const zone = working?.code ?? ''
      const shared = await post<SharedBib>(`/api/zones/${encodeURIComponent(zone)}/${how}`, { of })
      return { said: saidOf(how, shared, zone), zone, mmsId: shared.mmsId }
    },
    onSuccess: () =>
      Promise.all([
        client.invalidateQueries({ queryKey: ['search'] }),
        client.invalidateQueries({ queryKey: ['bib'] }),
      ]),
  })
  return {
    isOffered: working?.kind === 'institution' && searched?.kind !== 'institution',
    whyNot:
      working?.kind !== 'institution'
        ? words.needsInstitution
        : searched?.code === working.code
          ? words.ownZone
          : mayNot,
    copy: (of) => sharing.mutate({ how: 'copied-bibs', of }),
    link: (of) => sharing.mutate({ how: 'linked-bibs', of }),
    isPending: sharing.isPending,
    error: sharing.error,
    done: sharing.data ?? null,
  }
}

function saidOf(
  how: 'copied-bibs' | 'linked-bibs',
  { mmsId, isNew, alike }: SharedBib,
  zone: string,
): string {
  const done =
    how === 'copied-bibs'
      ? words.copied(mmsId, zone)
      : isNew
        ? words.linked(mmsId, zone)
        : words.again(mmsId, zone)
  return alike.length === 0 ? done : words.withAlike(done, alike.length)
}
