import { Link } from '@tanstack/react-router'
import type { Bib, BibVersion } from '../../../server/api/bib.ts'
import { formatTime } from '../../format.ts'
import { text } from '../../text.ts'
import { Time } from '../../ui/time.tsx'
import { ChangedBy } from './changed-by.tsx'

const words = text.bib

/** What is known of a bib besides what it says: when it changed, what brought it, its tags, its lock. */
export function BibFacts(props: { readonly bib: Bib; readonly versions: readonly BibVersion[] }) {
  const { bib, versions } = props
  const brought = versions.find(({ file, position }) => file !== null && position !== null)
  return (
    <section className="panel">
      <h2>{words.about}</h2>
      <dl className="facts">
        <div>
          <dt>{words.changed}</dt>
          <dd>
            <Time at={bib.changedAt} /> <ChangedBy by={bib.changedBy} job={bib.job} />
          </dd>
        </div>
        {brought?.job != null && brought.file !== null && brought.position !== null && (
          <div>
            <dt>{words.brought}</dt>
            <dd>
              <Link to="/jobs/$job" params={{ job: brought.job }}>
                {text.report.title(brought.job)}
              </Link>
              {', '}
              <Link
                to="/jobs/$job/records/$file/$position"
                params={{ job: brought.job, file: brought.file, position: brought.position }}
              >
                {words.ofRecord(brought.position)}
              </Link>
            </dd>
          </div>
        )}
        {bib.originatingSystem !== '' && (
          <div>
            <dt>{words.source}</dt>
            <dd>
              <bdi>{bib.originatingSystem}</bdi>
            </dd>
          </div>
        )}
        <div>
          <dt>{words.briefLevel}</dt>
          <dd>{words.briefLevelOf(bib.briefLevel)}</dd>
        </div>
        <div>
          <dt>{words.tags}</dt>
          <dd>
            {bib.suppressed ? words.suppressed : words.shown}
            <br />
            {words.publish[bib.publishToOclc]}
          </dd>
        </div>
        <div>
          <dt>{words.lock}</dt>
          <dd>
            <bdi>{lockWords(bib.lock)}</bdi>
          </dd>
        </div>
      </dl>
    </section>
  )
}

function lockWords(lock: Bib['lock']): string {
  if (lock === null) return words.unlocked
  const since = formatTime(lock.since)
  const until = formatTime(lock.until)
  return lock.yours ? words.lockedYours(since, until) : words.locked(lock.holder, since, until)
}
