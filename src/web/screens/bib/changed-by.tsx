import { Link } from '@tanstack/react-router'
import { text } from '../../text.ts'

const words = text.bib

/** The job that made a version of a bib, or the person. */
export function ChangedBy({ by, job }: { readonly by: string | null; readonly job: number | null }) {
  if (job !== null) {
    return (
      <>
        {words.byJob}{' '}
        <Link to="/jobs/$job" params={{ job }}>
          {text.report.title(job)}
        </Link>
        {by !== null && ` (${by})`}
      </>
    )
  }
  return words.by(by ?? text.report.nobody)
}
