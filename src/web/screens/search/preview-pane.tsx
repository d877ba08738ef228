import { useQuery } from '@tanstack/react-query'
import { Link, useRouterState } from '@tanstack/react-router'
import { useState } from 'react'
import { Button } from 'react-aria-components'
import { bibQuery } from '../../api/queries.ts'
import { keyTable } from '../../keys/key-table.ts'
import { text } from '../../text.ts'
import { Fault } from '../../ui/fault.tsx'
import { Keys } from '../../ui/keys.tsx'
import { BibBadges } from '../bib/bib-badges.tsx'
import { lastView, rememberView } from '../bib/bib-search.ts'
import { localFieldsOf, RecordViews } from '../bib/record-views.tsx'

const words = text.search.preview

/** The record of the row that is looked at, beside the results. */
export function PreviewPane(props: {
  readonly zone: string
  readonly mmsId: string
  readonly onClose: () => void
}) {
  const { zone, mmsId, onClose } = props
  const { data: bib, error, refetch } = useQuery(bibQuery(zone, mmsId))
  const [view, setView] = useState(lastView)
  const from = useRouterState({ select: ({ location }) => location.href })
  return (
    <aside className="panel preview" aria-label={text.bib.title}>
      <div className="preview-head">
        <h2>
          <bdi>{bib === undefined ? text.shell.loading : bib.title || text.report.untitled}</bdi>
        </h2>
        <div className="actions">
          <Link
            className="button small"
            to="/zones/$zone/bibs/$mmsId"
            params={{ zone, mmsId }}
            state={{ resultsAt: from }}
          >
            {words.open}
          </Link>
          <Button className="button small" onPress={onClose}>
            {words.close} <Keys keys={keyTable.previewRow.keys[0]} />
          </Button>
        </div>
      </div>
      {error !== null && <Fault error={error} onAgain={() => void refetch()} />}
      {bib !== undefined && (
        <>
          <BibBadges bib={bib} />
          <RecordViews
            record={bib.record}
            local={localFieldsOf(bib)}
            view={view}
            onView={(next) => {
              rememberView(next)
              setView(next)
            }}
          />
        </>
      )}
    </aside>
  )
}
