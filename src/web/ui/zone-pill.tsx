import { useZone } from '../shell/zone.tsx'
import { text } from '../text.ts'

/** A zone by colour and by text: its kind (IZ, NZ, CZ), and its code where that says more. */
export function ZonePill({ code }: { readonly code: string }) {
  const { zones } = useZone()
  const zone = zones.find((one) => one.code === code)
  const kind = zone?.kind
  const short = kind === undefined ? undefined : text.zoneKinds[kind]
  return (
    <span
      className="zone-pill"
      data-kind={kind}
      title={zone === undefined ? code : `${text.zoneKindNames[zone.kind]}: ${zone.name}`}
    >
      {short !== undefined && short !== code && <span className="zone-kind">{short}</span>}
      {code}
    </span>
  )
}
