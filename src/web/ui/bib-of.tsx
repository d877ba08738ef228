import { Link } from '@tanstack/react-router'
import { useZone } from '../shell/zone.tsx'

/** An institution by name, leading to its bib where the person sees its catalogue. */
export function BibOf(props: { readonly zone: string; readonly name: string; readonly mmsId: string }) {
  const { zone, name, mmsId } = props
  const { zones } = useZone()
  if (!zones.some(({ code }) => code === zone)) return <bdi>{name}</bdi>
  return (
    <Link to="/zones/$zone/bibs/$mmsId" params={{ zone, mmsId }}>
      <bdi>{name}</bdi>
    </Link>
  )
}
