import { Link } from '@tanstack/react-router'
import type { WholeRule } from '../../../server/api/rule.ts'
import { text } from '../../text.ts'
import { ZonePill } from '../../ui/zone-pill.tsx'

const words = text.rule

/** Who runs by a rule file: what a change of it reaches. */
export function UsedBy({ usedBy }: { readonly usedBy: WholeRule['usedBy'] }) {
  if (usedBy.length === 0) return <p className="none">{words.usedByNobody}</p>
  return (
    <ul className="used-by" aria-label={words.usedBy}>
      {usedBy.map(({ zone, by, code, active }) => (
        <li key={`${zone} ${by} ${code}`}>
          <ZonePill code={zone} /> {by === 'zone' && words.usedForBriefLevels}
          {by === 'integration-profile' && (
            <Link to="/gateway/zones/$zone" params={{ zone }}>
              {words.usedByGateway}
            </Link>
          )}
          {by === 'profile' && code !== null && (
            <Link to="/zones/$zone/profiles/$code" params={{ zone, code }}>
              {words.usedByProfile(code)}
            </Link>
          )}
          {!active && <span className="tag-word">{words.profileOff}</span>}
        </li>
      ))}
    </ul>
  )
}
