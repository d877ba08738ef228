import { Link } from '@tanstack/react-router'
import { Button } from 'react-aria-components'
import type { BibVersion } from '../../../server/api/bib.ts'
import { text } from '../../text.ts'
import { Fault } from '../../ui/fault.tsx'
import { Time } from '../../ui/time.tsx'
import type { BibSearch } from './bib-search.ts'
import { ChangedBy } from './changed-by.tsx'
import type { Versions } from './use-versions.ts'

const words = text.bib

/** What the bib has been, newest first: each version can be looked at, and held against the one before. */
export function Timeline(props: {
  readonly zone: string
  readonly mmsId: string
  readonly shown: number
  readonly search: BibSearch
  readonly history: Versions
}) {
  const { zone, mmsId, shown, search, history } = props
  const { versions, more, error, again } = history
  const { version: _, with: __, ...view } = search
  const to = {
    to: '/zones/$zone/bibs/$mmsId',
    params: { zone, mmsId },
    replace: true,
    resetScroll: false,
    state: true,
  } as const
  const activeOptions = { exact: true, includeSearch: true } as const
  return (
    <section className="panel">
      <h2>{words.versions}</h2>
      {error !== null && <Fault error={error} onAgain={again} />}
      <ol className="timeline" aria-label={words.versionsList}>
        {versions.map((version, place) => {
          const before = versions[place + 1]?.version
          return (
            <li key={version.version} data-shown={version.version === shown ? '' : undefined}>
              <p className="timeline-line">
                <Link
                  {...to}
                  search={version.current ? view : { ...view, version: version.version }}
                  activeOptions={activeOptions}
                >
                  {words.versionOf(version.version)}
                </Link>
                <span>{words.actions[version.action]}</span>
                <Time at={version.changedAt} />
              </p>
              <p className="timeline-line hint">
                <Who version={version} />
                {before !== undefined && (
                  <Link
                    {...to}
                    search={{ ...view, version: version.version, with: before }}
                    activeOptions={activeOptions}
                  >
                    {words.compare(before)}
                  </Link>
                )}
              </p>
            </li>
          )
        })}
      </ol>
      {more !== null && (
        <Button className="button small" onPress={more}>
          {words.more}
        </Button>
      )}
    </section>
  )
}

function Who({ version }: { readonly version: BibVersion }) {
  const { changedBy, job, file, position } = version
  return (
    <span>
      <ChangedBy by={changedBy} job={job} />
      {job !== null && file !== null && position !== null && (
        <>
          {', '}
          <Link to="/jobs/$job/records/$file/$position" params={{ job, file, position }}>
            {words.ofRecord(position)}
          </Link>
        </>
      )}
    </span>
  )
}
