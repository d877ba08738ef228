import { getRouteApi } from '@tanstack/react-router'
import { BibScreen } from './bib-screen.tsx'
import { DeletedBibScreen } from './deleted-bib-screen.tsx'

const route = getRouteApi('/zones/$zone/bibs/$mmsId')

/** The page of a number: of the bib that has it, or of the one that had it. */
export function BibOrDeletion() {
  const deleted = route.useLoaderData()
  return deleted === null ? <BibScreen /> : <DeletedBibScreen bib={deleted} />
}
