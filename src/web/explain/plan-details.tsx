import { Link } from '@tanstack/react-router'
import type { Explanation } from '../../server/api/explanation.ts'
import { wordsOf } from '../../rules/inventory/held-inventory.ts'
import { FoldedDiff } from '../marc/folded-diff.tsx'
import { MarcView } from '../marc/marc-view.tsx'
import { MergeTable } from '../marc/merge-table.tsx'
import { guardWords, keyWords } from '../screens/record/trace-words.ts'
import { text } from '../text.ts'
import { OutcomeSwatch } from '../ui/outcome-patterns.tsx'
import { TagBadges, tagWords } from '../ui/tag-badges.tsx'
import { ScoreBar } from './score-bar.tsx'

const words = text.explain

export type Thresholds = { readonly match: number; readonly review: number }

type Match = NonNullable<Explanation['match']>

export function MatchDetail(props: {
  readonly match: Explanation['match']
  readonly bibZone: string
  readonly thresholds?: Thresholds | undefined
}) {
  const { match, bibZone, thresholds } = props
  if (match === null) return null
  return (
    <>
      <p>{words.byMethod(match.name)}</p>
      <ol className="match-steps">
        {match.steps.map((step, place) => (
          <li key={`${place} ${step.name}`} className="stack">
            <p>
              <strong>{step.name}</strong>{' '}
              <span className="none">
                {step.candidates.length === 0 ? words.foundNone : words.foundSome(step.candidates.length)}
              </span>
            </p>
            {step.looked.length > 0 && (
              <p className="hint">
                {text.trace.looked}: <bdi>{step.looked.map(keyWords).join(' · ')}</bdi>
              </p>
            )}
            {step.isCapped && <p className="notice">{text.trace.capped}</p>}
            {step.candidates.length > 0 && (
              <Candidates step={step} bibZone={bibZone} thresholds={thresholds} />
            )}
            {step.settled.map(({ setting, dropped }) => (
              <p key={setting} className="hint">
                {words.settled(words.settings[setting], dropped.length)}
              </p>
            ))}
          </li>
        ))}
      </ol>
    </>
  )
}

function Candidates(props: {
  readonly step: Match['steps'][number]
  readonly bibZone: string
  readonly thresholds?: Thresholds | undefined
}) {
  const { step, bibZone, thresholds } = props
  const isWeighed = step.candidates.some(({ score }) => score !== undefined)
  const best = Math.max(100, ...step.candidates.map(({ score }) => score ?? 0))
  return (
    <ul className="score-list" aria-label={text.trace.candidates}>
      {step.candidates.map(({ mmsId, title, carrier, by, score, evidence, dropped, ...tags }) => (
        <li key={mmsId} data-match={step.matches.includes(mmsId) ? '' : undefined}>
          <p>
            <Link className="mms-id" to="/zones/$zone/bibs/$mmsId" params={{ zone: bibZone, mmsId }}>
              {mmsId}
            </Link>{' '}
            <bdi>{title === '' ? text.report.untitled : title}</bdi>{' '}
            <span className="none">{words.carriers[carrier]}</span> <TagBadges of={tags} />{' '}
            {step.matches.includes(mmsId) && isUnsure(score, thresholds) ? (
              <strong>{words.isUnsure}</strong>
            ) : step.matches.includes(mmsId) ? (
              <strong className="good">{words.isMatch}</strong>
            ) : (
              <span className="none">{dropped === undefined ? words.isNoMatch : droppedWords(dropped)}</span>
            )}
          </p>
          {isWeighed && score !== undefined && <ScoreBar score={score} best={best} thresholds={thresholds} />}
          <p className="hint">
            <bdi>{[...by.map(keyWords), ...(evidence ?? [])].join(' · ')}</bdi>
          </p>
        </li>
      ))}
    </ul>
  )
}

/** What is weighed and stays below the mark of a match is a person's to decide. */
const isUnsure = (score: number | undefined, thresholds: Thresholds | undefined): boolean =>
  score !== undefined && thresholds !== undefined && score < thresholds.match

const droppedWords = (why: string): string =>
  Object.hasOwn(text.trace.dropped, why) ? text.trace.dropped[why as keyof typeof text.trace.dropped] : why

export function GuardsDetail({ guards }: { readonly guards: Explanation['guards'] }) {
  if (guards.length === 0) return null
  return (
    <ul className="found-wrong">
      {guards.map(({ guard, said, traced }, place) => (
        <li key={`${place} ${guard}`}>
          <strong>{guardName(guard)}</strong> <span data-said={said}>{words.guardSaid[said]}</span>{' '}
          <bdi>{guardDetail(said, traced)}</bdi>
        </li>
      ))}
    </ul>
  )
}

type Guard = Explanation['guards'][number]

/** A guard that lets through has compared something, too; its own words are those of a refusal. */
function guardDetail(said: Guard['said'], traced: Guard['traced']): string | null {
  if (traced === null || said === 'off') return null
  if (said !== 'passed') return guardWords(traced)
  return traced.guard === 'brief' ? words.levelsOf(traced.existing, traced.incoming) : null
}

const guardName = (guard: string): string =>
  Object.hasOwn(words.guards, guard) ? words.guards[guard as keyof typeof words.guards] : guard

export function MergeDetail({ merge }: { readonly merge: Explanation['merge'] }) {
  if (merge === null) return null
  const { rule, action, fields } = merge
  return (
    <>
      <p>
        {words.mergeActions[action]} <bdi>{rule.name}</bdi>{' '}
        {rule.zone === null ? (
          <code>{rule.code}</code>
        ) : (
          <Link
            to="/zones/$zone/rules/$kind/$code"
            params={{ zone: rule.zone, kind: 'merge', code: rule.code }}
          >
            {rule.code}
          </Link>
        )}
      </p>
      <MergeTable label={words.stages.merge} steps={fields} />
    </>
  )
}

export function ResultDetail(props: { readonly explanation: Explanation; readonly bibZone: string }) {
  const { explanation, bibZone } = props
  const { outcome, code, sentence, remedy, result, combined, inventory } = explanation
  const isNew = result.mmsId === null || result.mmsId.startsWith('new:')
  return (
    <>
      <p>
        <span className="outcome-word big">
          <OutcomeSwatch outcome={outcome} /> {text.outcomes[outcome]}
        </span>{' '}
        {sentence ?? text.outcomeMeanings[outcome]} {code !== null && <code>{code}</code>}
      </p>
      {remedy !== null && (
        <p>
          <strong>{text.record.remedy}:</strong> {remedy}
        </p>
      )}
      {!isNew && result.mmsId !== null && (
        <p>
          {text.bib.title}{' '}
          <Link
            className="mms-id"
            to="/zones/$zone/bibs/$mmsId"
            params={{ zone: bibZone, mmsId: result.mmsId }}
          >
            {result.mmsId}
          </Link>
          {result.versionAfter !== null &&
            `, ${text.record.version(result.versionBefore, result.versionAfter)}`}
        </p>
      )}
      {result.after !== null && tagWords(result.after).length > 0 && (
        <p>
          <TagBadges of={result.after} />
        </p>
      )}
      {combined.map(({ mmsId, became, into }) => (
        <p key={mmsId}>{words.combined(mmsId, became, into)}</p>
      ))}
      {inventory.length > 0 && (
        <ul aria-label={text.inventory.title}>
          {inventory.map((step, at) => (
            <li key={at}>
              <bdi>{wordsOf(step)}</bdi> {step.why !== null && <span className="hint">{step.why}</span>}
            </li>
          ))}
        </ul>
      )}
      {result.before !== null && result.after !== null && (
        <FoldedDiff
          diff={result.diff}
          label={words.stages.result}
          beforeName={text.record.existing}
          afterName={text.record.result}
        />
      )}
      {result.before === null && result.after !== null && (
        <>
          <p>{text.record.newBib}</p>
          <MarcView record={result.after.record} label={text.record.result} />
        </>
      )}
    </>
  )
}
