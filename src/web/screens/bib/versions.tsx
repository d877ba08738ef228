import { useInfiniteQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { Button, ToggleButton } from 'react-aria-components'
import { diffRecords } from '../../../rules/diff.ts'
import type { BibVersion } from '../../../server/api/bib.ts'
import { allRows } from '../../api/all-rows.ts'
import { bibVersionsQuery } from '../../api/queries.ts'
import { FoldedDiff } from '../../marc/folded-diff.tsx'
import { MarcView } from '../../marc/marc-view.tsx'
import { text } from '../../text.ts'
import { Fault } from '../../ui/fault.tsx'
import { Time } from '../../ui/time.tsx'
import { ChangedBy } from './changed-by.tsx'

const words = text.bib

/** What a bib was over time; each version can be held against the one before. */
export function Versions({ zone, mmsId }: { readonly zone: string; readonly mmsId: string }) {
  const { data, error, refetch, hasNextPage, fetchNextPage } = useInfiniteQuery(bibVersionsQuery(zone, mmsId))
  const [chosen, setChosen] = useState<number | null>(null)
  const versions = allRows(data)
  const oldest = hasNextPage ? undefined : versions.at(-1)
  const isAlone = oldest !== undefined && versions.length === 1
  const place = versions.findIndex(({ version }) => version === chosen)
  const newer = versions[place]
  const older = place === -1 ? undefined : versions[place + 1]

  return (
    <section>
      <h2>{words.versions}</h2>
      {error !== null && <Fault error={error} onAgain={() => void refetch()} />}
      <div className="scrolls">
        <table className="plain" aria-label={words.versionsTable}>
          <thead>
            <tr>
              <th scope="col" className="numeric">
                {words.columns.version}
              </th>
              <th scope="col">{words.columns.action}</th>
              <th scope="col">{words.columns.when}</th>
              <th scope="col">{words.columns.by}</th>
              <th scope="col">{words.columns.level}</th>
              <th scope="col">{words.columns.compare}</th>
            </tr>
          </thead>
          <tbody>
            {versions.map((version) => (
              <tr key={version.version}>
                <th scope="row" className="numeric">
                  {version.version}
                </th>
                <td>
                  {words.actions[version.action]}
                  {version.current && <span className="tag-word">{words.current}</span>}
                </td>
                <td>
                  <Time at={version.changedAt} />
                </td>
                <td>
                  <ChangedBy by={version.changedBy} job={version.job} />
                </td>
                <td>{words.briefLevelOf(version.briefLevel)}</td>
                <td>
                  {isAlone ? (
                    words.onlyOne
                  ) : (
                    <ToggleButton
                      className="button small"
                      isSelected={chosen === version.version}
                      onChange={(isOn) => setChosen(isOn ? version.version : null)}
                      aria-label={
                        version === oldest
                          ? words.showFirstVersion(version.version)
                          : words.showChange(version.version)
                      }
                    >
                      {version === oldest ? words.showFirst : words.compare}
                    </ToggleButton>
                  )}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      {hasNextPage && (
        <Button className="button" onPress={() => void fetchNextPage()}>
          {words.more}
        </Button>
      )}
      {newer !== undefined && <Comparison newer={newer} older={older} />}
    </section>
  )
}

function Comparison({
  newer,
  older,
}: {
  readonly newer: BibVersion
  readonly older: BibVersion | undefined
}) {
  if (newer.record === null) return <p className="notice">{words.gone}</p>
  if (older?.record == null) {
    return (
      <>
        <p className="notice">{words.first}</p>
        <MarcView record={newer.record} label={words.marc} />
      </>
    )
  }
  const title = words.compareWith(older.version, newer.version)
  return (
    <>
      <h3>{title}</h3>
      <FoldedDiff
        key={newer.version}
        diff={diffRecords(older.record, newer.record)}
        label={title}
        beforeName={`${words.version} ${older.version}`}
        afterName={`${words.version} ${newer.version}`}
      />
    </>
  )
}
