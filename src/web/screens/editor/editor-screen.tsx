import { useSuspenseQuery } from '@tanstack/react-query'
import { getRouteApi, useRouterState } from '@tanstack/react-router'
import { useState } from 'react'
import type { Bib } from '../../../server/api/bib.ts'
import type { Zone } from '../../../server/api/zone.ts'
import { bibQuery } from '../../api/queries.ts'
import { titleIn } from '../../editor/line-places.ts'
import { usePersonHere } from '../../people/me.tsx'
import { useZone } from '../../shell/zone.tsx'
import { text } from '../../text.ts'
import { EditorDesk } from './editor-desk.tsx'
import { savedBibOf } from './saved-bib.ts'
import type { SharedRecord } from './use-editing.ts'

const route = getRouteApi('/zones/$zone/bibs/$mmsId/edit')

/** A bib in the metadata editor. */
export function EditorScreen() {
  const { zone: code, mmsId } = route.useParams()
  const { data: bib } = useSuspenseQuery(bibQuery(code, mmsId))
  const { zones } = useZone()
  const person = usePersonHere()
  const zone = zones.find((one) => one.code === code)
  if (zone === undefined || person === null) return <p role="status">{text.shell.loading}</p>
  const sharedZone = zones.find(({ suffix }) => bib.linkedMmsId?.endsWith(suffix) === true)
  const key = `${code} ${mmsId} ${person}`
  return bib.linkedMmsId === null || sharedZone === undefined ? (
    <Desk key={key} zone={zone} bib={bib} shared={null} />
  ) : (
    <LinkedDesk key={key} zone={zone} bib={bib} sharedZone={sharedZone.code} linkedMmsId={bib.linkedMmsId} />
  )
}

function LinkedDesk(props: {
  readonly zone: Zone
  readonly bib: Bib
  readonly sharedZone: string
  readonly linkedMmsId: string
}) {
  const { sharedZone, linkedMmsId, ...others } = props
  const { data } = useSuspenseQuery(bibQuery(sharedZone, linkedMmsId))
  const [shared] = useState(
    (): SharedRecord => ({ zone: sharedZone, mmsId: linkedMmsId, record: data.record }),
  )
  return <Desk {...others} shared={shared} />
}

function Desk(props: { readonly zone: Zone; readonly bib: Bib; readonly shared: SharedRecord | null }) {
  // What is edited is what was read when the screen was opened; later versions are told as such.
  const [bib] = useState(props.bib)
  const atHand = useRouterState({ select: ({ location }) => location.state.caret })
  const [caret] = useState(() => atHand ?? titleIn(savedBibOf(bib).text))
  return (
    <EditorDesk
      zone={props.zone}
      bib={bib}
      shared={props.shared}
      start={{ text: savedBibOf(bib).text, tags: bib }}
      draftOf={bib.mmsId}
      title={bib.title === '' ? text.report.untitled : bib.title}
      caret={caret}
    />
  )
}
