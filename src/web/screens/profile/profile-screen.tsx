import { useSuspenseQueries } from '@tanstack/react-query'
import { getRouteApi, Link, useNavigate } from '@tanstack/react-router'
import { profileQuery } from '../../api/profile-queries.ts'
import { useCommands } from '../../keys/commands.tsx'
import { text } from '../../text.ts'
import { Time } from '../../ui/time.tsx'
import { useTitle } from '../../ui/title.ts'
import { ZonePill } from '../../ui/zone-pill.tsx'
import { ProfileDesk } from './profile-desk.tsx'

const words = text.importProfile
const route = getRouteApi('/zones/$zone/profiles/$code')

/** One import profile of a zone, or one that is to be. */
export function ProfileScreen() {
  const { zone, code } = route.useParams()
  const { from } = route.useSearch()
  const navigate = useNavigate()
  const [{ data: saved }, { data: begin }] = useSuspenseQueries({
    queries: [profileQuery(zone, code), profileQuery(zone, from ?? code)],
  })
  useTitle(`${code} · ${text.profiles.title}`)
  useCommands([
    {
      name: 'backToProfiles',
      label: text.commands.backToProfiles,
      run: () => void navigate({ to: '/profiles' }),
    },
  ])
  return (
    <div className="screen">
      <div className="back record-nav">
        <Link to="/profiles">{words.back}</Link>
      </div>
      <header className="report-head">
        <h1>
          {code} {saved !== null && <bdi className="head-label">{saved.name}</bdi>}
        </h1>
        <div className="head-line">
          <ZonePill code={zone} />
          {saved === null ? (
            <span>{text.rule.fresh}</span>
          ) : (
            <>
              <span className={saved.active ? 'good' : 'none'}>
                <span aria-hidden="true">{saved.active ? '● ' : '○ '}</span>
                {saved.active ? text.rules.states.on : text.rules.states.off}
              </span>
              <span>{text.rule.versionOf(saved.version)}</span>
              <span>
                <bdi>{text.rule.changedBy(saved.changedBy)}</bdi> <Time at={saved.changedAt} />
              </span>
            </>
          )}
        </div>
        {saved !== null && <p>{saved.summary}</p>}
      </header>
      <ProfileDesk
        key={`${zone} ${code}`}
        zone={zone}
        code={code}
        saved={saved}
        begin={saved === null ? begin : null}
      />
    </div>
  )
}
