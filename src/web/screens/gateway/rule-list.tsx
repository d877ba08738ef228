import { matchMethod } from '../../../rules/match/match-methods.ts'
import { mergeRule } from '../../../rules/merge/merge-rule.ts'
import type { ImportProfile } from '../../../server/api/profile.ts'
import { text } from '../../text.ts'

const words = text.destination

/** The rules of an integration profile, in words. */
export function RuleList({ zone, profile }: { readonly zone: string; readonly profile: ImportProfile }) {
  return (
    <section className="panel stack">
      <h2>{words.rules}</h2>
      <dl className="trace">
        {rulesOf(profile).map(({ name, said }) => (
          <div key={name}>
            <dt>{name}</dt>
            {said.map((line) => (
              <dd key={line}>
                <bdi>{line}</bdi>
              </dd>
            ))}
          </div>
        ))}
      </dl>
      <p className="hint">{words.rulesHow(zone)}</p>
    </section>
  )
}

type Rule = { readonly name: string; readonly said: readonly string[] }

function rulesOf(profile: ImportProfile): readonly Rule[] {
  const { match, onMatch, tags, protect } = profile
  const isMerged = match.handling === 'automatic' && onMatch.action === 'merge'
  const exceptions = Object.entries(profile.validate).map(([name, severity]) =>
    words.severity(name, severity),
  )
  return [
    { name: words.rule.goes, said: [profile.useNetworkZone ? words.network : words.zoneItself] },
    {
      name: words.rule.corrected,
      said: profile.normalize.map((step) => stepWords(step)),
    },
    { name: words.rule.validated, said: [words.validation(exceptions.join(', '))] },
    { name: words.rule.matched, said: [matchMethod(match.method).name] },
    ...(match.serial === undefined
      ? []
      : [{ name: words.rule.serials, said: [matchMethod(match.serial).name] }]),
    {
      name: words.rule.handling,
      said: [match.handling === 'manual' ? words.byHand : words.actions[onMatch.action]],
    },
    ...(isMerged ? [{ name: words.rule.merged, said: [mergeRule(onMatch.mergeRule).name] }] : []),
    { name: words.rule.brief, said: [onMatch.briefGuard ? words.briefOn : words.briefOff] },
    { name: words.rule.older, said: [words.older[onMatch.olderVersion]] },
    { name: words.rule.noMatch, said: [words.noMatch[profile.onNoMatch]] },
    { name: words.rule.tags, said: tagWords(tags) },
    ...(protect.length === 0 ? [] : [{ name: words.rule.protect, said: protect }]),
  ].filter(({ said }) => said.length > 0)
}

function stepWords(step: ImportProfile['normalize'][number]): string {
  const said = text.trace.steps[step.do]
  if (step.do === 'remove-fields') return `${said}: ${step.tags.join(', ')}`
  return step.do === 'add-field' ? `${said}: ${step.field}` : said
}

function tagWords({ suppress, publishToOclc }: ImportProfile['tags']): readonly string[] {
  const said = [
    ...(publishToOclc === null ? [] : [words.publish[publishToOclc.set]]),
    ...(suppress === null ? [] : [words.suppress(suppress.set)]),
  ]
  return said.length === 0 ? [words.asTheyAre] : said
}
