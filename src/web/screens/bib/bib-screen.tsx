import { useSuspenseQuery } from '@tanstack/react-query'
import { getRouteApi, Link } from '@tanstack/react-router'
import type { Bib } from '../../../server/api/bib.ts'
import { bibQuery } from '../../api/queries.ts'
import { formatTime } from '../../format.ts'
import { MarcView } from '../../marc/marc-view.tsx'
import { paths } from '../../paths.ts'
import { useZone } from '../../shell/zone.tsx'
import { text } from '../../text.ts'
import { Time } from '../../ui/time.tsx'
import { useTitle } from '../../ui/title.ts'
import { ZonePill } from '../../ui/zone-pill.tsx'
import { ChangedBy } from './changed-by.tsx'
import { Versions } from './versions.tsx'

const words = text.bib
const formats = ['mrc', 'xml', 'json', 'mrk'] as const
const route = getRouteApi('/zones/$zone/bibs/$mmsId')

/** A bib: its record, who changed it when, what each change was, and whether somebody has it open. */
export function BibScreen() {
  const { zone, mmsId } = route.useParams()
  const { data: bib } = useSuspenseQuery(bibQuery(zone, mmsId))
  useTitle(`${words.title} ${mmsId}`)
  return (
    <div className="screen">
      <header className="report-head">
        <h1>
          <bdi>{bib.title === '' ? text.report.untitled : bib.title}</bdi>
        </h1>
        <div className="head-line">
          <ZonePill code={bib.zone} />
          <span>
            {words.mmsId} <span className="mms-id">{bib.mmsId}</span>
          </span>
          <span>
            {words.version} {bib.version}
          </span>
          <span>
            {words.changed} <Time at={bib.changedAt} /> <ChangedBy by={bib.changedBy} job={bib.job} />
          </span>
          {formats.map((format) => (
            <a key={format} href={paths.bibFile(zone, mmsId, format)} download="">
              {words.formats[format]}
            </a>
          ))}
        </div>
      </header>
      <div className="bib-columns">
        <section>
          <h2>{words.marc}</h2>
          <MarcView record={bib.record} label={words.marc} />
        </section>
        <section>
          <h2 className="visually-hidden">{words.tags}</h2>
          <BibFacts bib={bib} />
        </section>
      </div>
      <Versions zone={zone} mmsId={mmsId} />
    </div>
  )
}

function BibFacts({ bib }: { readonly bib: Bib }) {
  const { zones } = useZone()
  const network = zones.find(({ code }) => code === bib.zone)?.network ?? null
  return (
    <dl className="facts">
      <div>
        <dt>{words.lock}</dt>
        <dd>{lockWords(bib.lock)}</dd>
      </div>
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
      {bib.originatingSystem !== '' && (
        <div>
          <dt>{words.source}</dt>
          <dd>{bib.originatingSystem}</dd>
        </div>
      )}
      {bib.linkedMmsId !== null && (
        <div>
          <dt>{words.linked}</dt>
          <dd>
            {network === null ? (
              bib.linkedMmsId
            ) : (
              <Link
                className="mms-id"
                to="/zones/$zone/bibs/$mmsId"
                params={{ zone: network, mmsId: bib.linkedMmsId }}
              >
                {bib.linkedMmsId}
              </Link>
            )}
          </dd>
        </div>
      )}
    </dl>
  )
}

function lockWords(lock: Bib['lock']): string {
  if (lock === null) return words.unlocked
  const since = formatTime(lock.since)
  const until = formatTime(lock.until)
  return lock.yours ? words.lockedYours(since, until) : words.locked(lock.holder, since, until)
}
