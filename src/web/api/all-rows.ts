import type { InfiniteData } from '@tanstack/react-query'

/** The rows of all pages that are there so far, in order. */
export const allRows = <Row>(
  pages: InfiniteData<{ readonly rows: readonly Row[] }> | undefined,
): readonly Row[] => pages?.pages.flatMap((page) => page.rows) ?? []
