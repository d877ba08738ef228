import { useInfiniteQuery, useMutation, useQueryClient } from '@tanstack/react-query'
import { Button } from 'react-aria-components'
import type { ProfileVersionPage, WholeProfile } from '../../../server/api/profile.ts'
import { allRows } from '../../api/all-rows.ts'
import { profilePath, profileQuery, profileVersionsQuery } from '../../api/profile-queries.ts'
import { post } from '../../api/request.ts'
import { text } from '../../text.ts'
import { Fault } from '../../ui/fault.tsx'
import { Time } from '../../ui/time.tsx'

const words = text.importProfile

/** Every save of a profile with the settings that it changed; each can be gone back to, which is a version, too. */
export function ProfileVersions(props: {
  readonly zone: string
  readonly code: string
  /** The present one. */
  readonly version: number
  /** Why the person may not change the profile, if so. */
  readonly mayNot: string | null
  readonly onRestored: (stored: WholeProfile) => void
}) {
  const { zone, code, version: current, mayNot, onRestored } = props
  const client = useQueryClient()
  const { data, error, refetch, hasNextPage, fetchNextPage } = useInfiniteQuery(
    profileVersionsQuery(zone, code),
  )
  const restoring = useMutation({
    mutationFn: (version: number) =>
      post<WholeProfile>(`${profilePath(zone, code)}/versions/${version}/restore`),
    async onSuccess(stored) {
      client.setQueryData(profileQuery(zone, code).queryKey, stored)
      onRestored(stored)
      await client.invalidateQueries({ queryKey: ['profiles', zone] })
    },
  })
  return (
    <div className="stack">
      {error !== null && <Fault error={error} onAgain={() => void refetch()} />}
      {restoring.error !== null && <Fault error={restoring.error} />}
      <ol className="versions" aria-label={text.rule.versions}>
        {allRows(data).map(({ version, changedAt, changedBy, changes }) => (
          <li key={version}>
            <div className="diff-head">
              <p>
                <strong>{text.rule.versionOf(version)}</strong> <Time at={changedAt} />{' '}
                <bdi>{changedBy ?? text.report.nobody}</bdi>
              </p>
              {version === current ? (
                <span className="tag-word">{text.bib.current}</span>
              ) : mayNot !== null ? (
                <span className="hint">{mayNot}</span>
              ) : (
                <Button
                  className="button small"
                  isPending={restoring.isPending && restoring.variables === version}
                  onPress={() => restoring.mutate(version)}
                >
                  {words.restore(version)}
                </Button>
              )}
            </div>
            <Changes changes={changes} />
          </li>
        ))}
      </ol>
      {hasNextPage && (
        <Button className="button" onPress={() => void fetchNextPage()}>
          {text.bib.more}
        </Button>
      )}
    </div>
  )
}

type Change = ProfileVersionPage['rows'][number]['changes'][number]

function Changes({ changes }: { readonly changes: readonly Change[] }) {
  if (changes.length === 0) return <p className="none">{words.noChanges}</p>
  return (
    <ul className="setting-changes">
      {changes.map(({ path, before, after }) => (
        <li key={path}>
          <code>{path}</code>
          {before !== null && (
            <del>
              <span className="visually-hidden">{text.diff.words.change.removed}: </span>
              <bdi>{before}</bdi>
            </del>
          )}
          {after !== null && (
            <ins>
              <span className="visually-hidden">{text.diff.words.change.added}: </span>
              <bdi>{after}</bdi>
            </ins>
          )}
        </li>
      ))}
    </ul>
  )
}
