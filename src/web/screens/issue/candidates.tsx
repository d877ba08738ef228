import { Link } from '@tanstack/react-router'
import { Label, Radio, RadioGroup } from 'react-aria-components'
import type { WholeIssue } from '../../../server/api/issue.ts'
import { text } from '../../text.ts'
import { formatTime } from '../../format.ts'
import { TagBadges } from '../../ui/tag-badges.tsx'
import { keyWords } from '../record/trace-words.ts'

const words = text.issue

/** The bibs that the record may be, each with the keys that found it. */
export function Candidates(props: {
  readonly issue: WholeIssue
  readonly bibs: WholeIssue['candidateBibs']
  readonly bibZone: string
  readonly chosen: string | null
  readonly onChoose: (mmsId: string) => void
}) {
  const { issue, bibs, bibZone, chosen, onChoose } = props
  if (bibs.length === 0)
    return <p>{issue.candidates.length === 0 ? words.noCandidates : words.goneCandidates}</p>
  return (
    <RadioGroup className="radios candidates" value={chosen} onChange={onChoose}>
      <Label>{words.candidates}</Label>
      {bibs.map(({ mmsId, title, version, impact }, place) => (
        <div key={mmsId} className="candidate">
          <Radio className="radio" value={mmsId}>
            <span className="radio-mark" aria-hidden="true" />
            <span>
              {words.candidate(place + 1)} <bdi>{title === '' ? text.report.untitled : title}</bdi>{' '}
              <TagBadges of={impact} />
              {impact.lock !== null && (
                <span className="badge" data-says="lock">
                  <bdi>{text.bib.badges.locked(impact.lock.holder, formatTime(impact.lock.since))}</bdi>
                </span>
              )}
              <small>{[mmsId, words.candidateVersion(version), ...keysOf(issue, mmsId)].join(' · ')}</small>
            </span>
          </Radio>
          <Link to="/zones/$zone/bibs/$mmsId" params={{ zone: bibZone, mmsId }}>
            {text.bib.title}
            <span className="visually-hidden"> {mmsId}</span>
          </Link>
        </div>
      ))}
    </RadioGroup>
  )
}

/** What found a candidate, in words. */
const keysOf = ({ trace }: WholeIssue, mmsId: string): readonly string[] =>
  (trace?.candidates ?? []).filter((one) => one.mmsId === mmsId).flatMap(({ by }) => by.map(keyWords))
