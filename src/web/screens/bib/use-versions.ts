import { useInfiniteQuery } from '@tanstack/react-query'
import { useEffect } from 'react'
import type { BibVersion } from '../../../server/api/bib.ts'
import { allRows } from '../../api/all-rows.ts'
import { bibVersionsQuery } from '../../api/queries.ts'

export type Versions = {
  /** Newest first, as far as they were fetched. */
  readonly versions: readonly BibVersion[]
  /** Asks for older ones; nothing where there are none. */
  readonly more: (() => void) | null
  readonly isLoading: boolean
  readonly error: Error | null
  readonly again: () => void
}

/** What a bib has been, newest first, back to the oldest version that is wanted at least. */
export function useVersions(zone: string, mmsId: string, oldestWanted: number | null): Versions {
  const { data, error, refetch, hasNextPage, fetchNextPage, isFetching } = useInfiniteQuery(
    bibVersionsQuery(zone, mmsId),
  )
  const versions = allRows(data)
  const oldest = versions.at(-1)?.version
  const isMissing =
    oldestWanted !== null && oldest !== undefined && oldest > oldestWanted && hasNextPage && error === null
  useEffect(() => {
    if (isMissing && !isFetching) void fetchNextPage()
  }, [isMissing, isFetching, fetchNextPage])
  return {
    versions,
    more: hasNextPage ? () => void fetchNextPage() : null,
    isLoading: isFetching && (data === undefined || isMissing),
    error,
    again: () => void refetch(),
  }
}
