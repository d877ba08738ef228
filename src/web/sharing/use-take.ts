import { useMutation, useQueryClient } from '@tanstack/react-query'
import type { SharedBib } from '../../server/api/bib.ts'
import type { Zone } from '../../server/api/zone.ts'
import { inZone } from '../api/inventory-queries.ts'
import { post } from '../api/request.ts'
import { useMayNot } from '../people/me.tsx'
import { useZone } from '../shell/zone.tsx'
import { text } from '../text.ts'

const words = text.sharing.take

/** Copies are bibs of the institution's own; a linked bib is the other zone's record. */
export type How = 'copy' | 'link'

const paths = { copy: 'copied-bibs', link: 'linked-bibs' } as const

export type Taking = {
  /** Whether the person works in an institution, and looks at what others have. */
  readonly isOffered: boolean
  /** Why nothing can be taken into the institution that the person works in, in words; nothing where it can. */
  readonly whyNot: string | null
  /** Into the institution that is named, else the one that the person works in. */
  readonly take: (how: How, mmsId: string, into?: string) => void
  readonly isPending: boolean
  readonly error: Error | null
  /** What came of the last one, and where it is. */
  readonly done: { readonly said: string; readonly zone: string; readonly mmsId: string } | null
}

/** Taking bibs of the network or the community zone into an institution. */
export function useTake(from: Zone | null): Taking {
  const client = useQueryClient()
  const { zone: working } = useZone()
  const mayNot = useMayNot('bib.share', working?.code ?? null)
  const taking = useMutation({
    mutationFn: async ({
      how,
      of,
      zone,
    }: {
      readonly how: How
      readonly of: string
      readonly zone: string
    }) => {
      const shared = await post<SharedBib>(inZone(zone, paths[how]), { of })
      return { said: saidOf(how, shared, zone), zone, mmsId: shared.mmsId }
    },
    onSuccess: () =>
      Promise.all(['search', 'bib', 'own bibs'].map((of) => client.invalidateQueries({ queryKey: [of] }))),
  })
  return {
    isOffered: working?.kind === 'institution' && from?.kind !== 'institution',
    whyNot:
      working?.kind !== 'institution'
        ? words.needsInstitution
        : from?.kind === 'institution'
          ? words.ownZone
          : mayNot,
    take: (how, of, into = working?.code ?? '') => taking.mutate({ how, of, zone: into }),
    isPending: taking.isPending,
    error: taking.error,
    done: taking.data ?? null,
  }
}

function saidOf(how: How, { mmsId, isNew, alike }: SharedBib, zone: string): string {
  const done =
    how === 'copy' ? words.copied(mmsId, zone) : isNew ? words.linked(mmsId, zone) : words.again(mmsId, zone)
  const others = alike.filter((other) => other !== mmsId)
  return others.length === 0 ? done : words.withAlike(done, others.length)
}
