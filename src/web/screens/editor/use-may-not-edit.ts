import { useMayNot } from '../../people/me.tsx'
import { useZone } from '../../shell/zone.tsx'
import { text } from '../../text.ts'

/** Why bibs of a zone are not edited by the person, in words; nothing where they are. */
export function useMayNotEdit(zone: string): string | null {
  const { zones } = useZone()
  const mayNot = useMayNot('bib.edit', zone)
  return zones.find(({ code }) => code === zone)?.kind === 'community' ? text.editor.community : mayNot
}
