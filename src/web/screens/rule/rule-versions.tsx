import { useQueries } from '@tanstack/react-query'
import { useState } from 'react'
import { Button, ToggleButton } from 'react-aria-components'
import { ruleVersionQuery } from '../../api/rule-queries.ts'
import { text } from '../../text.ts'
import { Fault } from '../../ui/fault.tsx'
import { TextDiff } from '../../ui/text-diff.tsx'
import { Time } from '../../ui/time.tsx'
import { isSaved, type SavedRule } from './rule-draft.ts'

const words = text.rule

/** Every save of a rule file; each can be held against the one before, and taken up again. */
export function RuleVersions(props: {
  readonly rule: SavedRule
  readonly onTakeUp: (version: SavedRule) => void
}) {
  const { rule, onTakeUp } = props
  const [chosen, setChosen] = useState<number | null>(null)
  const place = rule.versions.findIndex(({ version }) => version === chosen)
  const asked = place === -1 ? [] : rule.versions.slice(place, place + 2).map(({ version }) => version)
  const texts = useQueries({
    queries: asked.map((version) => ruleVersionQuery(rule.zone, rule.kind, rule.code, version)),
  })
  const [newer, older] = texts.map(({ data }) => (data !== undefined && isSaved(data) ? data : undefined))
  const error = texts.find((one) => one.error !== null)?.error
  return (
    <div className="stack">
      <div className="scrolls">
        <table className="plain" aria-label={words.versions}>
          <thead>
            <tr>
              <th scope="col" className="numeric">
                {words.version}
              </th>
              <th scope="col">{words.when}</th>
              <th scope="col">{words.by}</th>
              <th scope="col">{words.state}</th>
              <th scope="col">{words.compare}</th>
            </tr>
          </thead>
          <tbody>
            {rule.versions.map(({ version, changedAt, changedBy, active, shared }) => (
              <tr key={version}>
                <th scope="row" className="numeric">
                  {version}
                </th>
                <td>
                  <Time at={changedAt} />
                </td>
                <td>
                  <bdi>{changedBy ?? text.report.nobody}</bdi>
                </td>
                <td>
                  {active ? words.states.on : words.states.off}
                  {shared && <span className="tag-word">{words.sharedShort}</span>}
                </td>
                <td>
                  <ToggleButton
                    className="button small"
                    isSelected={chosen === version}
                    onChange={(isOn) => setChosen(isOn ? version : null)}
                    aria-label={words.showVersion(version)}
                  >
                    {words.show}
                  </ToggleButton>
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      {error != null && <Fault error={error} />}
      {newer !== undefined && (asked.length === 1 || older !== undefined) && (
        <section className="stack">
          <div className="diff-head">
            <h3>
              {older === undefined
                ? words.firstVersion(newer.version)
                : words.changesOfVersion(older.version, newer.version)}
            </h3>
            {newer.version !== rule.version && (
              <Button className="button small" onPress={() => onTakeUp(newer)}>
                {words.takeUp(newer.version)}
              </Button>
            )}
          </div>
          <TextDiff
            label={words.changesOfVersion(older?.version ?? 0, newer.version)}
            before={older?.text ?? ''}
            after={newer.text}
          />
        </section>
      )}
    </div>
  )
}
