import { useQuery } from '@tanstack/react-query'
import { createContext, type ReactNode, use, useMemo, useState } from 'react'
import type { Zone } from '../../server/api/zone.ts'
import { statusQuery } from '../api/queries.ts'

type ZoneChoice = {
  readonly zones: readonly Zone[]
  /** Where the person works now; nothing until the zones are known. */
  readonly zone: Zone | null
  readonly choose: (code: string) => void
}

const ZoneContext = createContext<ZoneChoice>({ zones: [], zone: null, choose: () => {} })

const stored = 'accession.zone'

/** D29: the network where there is one, then what the person last chose. */
export function ZoneProvider({ children }: { readonly children: ReactNode }) {
  const { data: status } = useQuery(statusQuery)
  const [code, setCode] = useState(() => localStorage.getItem(stored))
  // Without a database the server knows no zones; those of a moment ago are still the zones.
  const [zones, setZones] = useState<readonly Zone[] | undefined>(undefined)
  if (status !== undefined && status.zones.length > 0 && status.zones !== zones) setZones(status.zones)
  const choice = useMemo((): ZoneChoice => {
    const all = zones ?? []
    const zone =
      all.find((one) => one.code === code) ?? all.find((one) => one.kind === 'network') ?? all[0] ?? null
    return {
      zones: all,
      zone,
      choose(next) {
        localStorage.setItem(stored, next)
        setCode(next)
      },
    }
  }, [zones, code])
  return <ZoneContext value={choice}>{children}</ZoneContext>
}

export const useZone = (): ZoneChoice => use(ZoneContext)
