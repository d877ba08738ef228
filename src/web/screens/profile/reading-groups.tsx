import type { Filter, NormalizeStep } from '../../../rules/import-profile.ts'
import { importExceptions } from '../../../rules/validation/exceptions.ts'
import { validationRules } from '../../../rules/validation/validation-rules.ts'
import { text } from '../../text.ts'
import { Choice } from '../../ui/choice.tsx'
import { OneOf, OnOff, optionsOf, Words } from './controls.tsx'
import { firstRule, type GroupProps } from './groups.ts'
import { RuleChoice } from './rule-choice.tsx'
import { SortableList } from '../../ui/sortable-list.tsx'

const words = text.importProfile

export function WhatItIs({ profile, onChange }: GroupProps) {
  const { description, ...others } = profile
  return (
    <>
      <Words
        label={words.name}
        value={profile.name}
        onChange={(name) => onChange({ ...profile, name })}
        className="wide"
      />
      <Words
        label={words.description}
        value={description ?? ''}
        onChange={(written) => onChange(written === '' ? others : { ...profile, description: written })}
        className="wide"
      />
      <OneOf
        label={words.type}
        value={profile.type}
        names={words.types}
        onChange={(type) => onChange({ ...profile, type })}
      />
      <Words
        label={words.originatingSystem}
        value={profile.originatingSystem}
        onChange={(originatingSystem) => onChange({ ...profile, originatingSystem })}
      />
      <OnOff
        label={words.active}
        value={profile.active}
        onChange={(active) => onChange({ ...profile, active })}
      />
      <OnOff
        label={words.useNetworkZone}
        value={profile.useNetworkZone}
        onChange={(useNetworkZone) => onChange({ ...profile, useNetworkZone })}
      />
    </>
  )
}

export function Reading({ profile, onChange }: GroupProps) {
  return (
    <OneOf
      label={words.reading}
      value={profile.reading}
      names={words.readings}
      onChange={(reading) => onChange({ ...profile, reading })}
    />
  )
}

type FilterIs = keyof typeof words.filters

const filterIs = (filter: Filter | null): FilterIs =>
  filter === null ? 'none' : 'rule' in filter ? 'rule' : 'condition'

export function LeftOut({ profile, onChange, rules }: GroupProps) {
  const { filter } = profile
  const first = firstRule(rules, 'indication')
  const is = filterIs(filter)
  const names = Object.entries(words.filters).filter(
    ([id]) => id === 'none' || id === is || (id === 'rule' && first !== undefined),
  )
  return (
    <>
      <Choice
        label={words.filter}
        value={is}
        onChange={(next) => {
          if (next === 'none') onChange({ ...profile, filter: null })
          if (next === 'rule' && first !== undefined) onChange({ ...profile, filter: { rule: first } })
        }}
        options={names.map(([id, label]) => ({ id, label }))}
      />
      {filter !== null && 'rule' in filter && (
        <RuleChoice
          label={words.filterRule}
          kind="indication"
          rules={rules}
          value={filter.rule}
          onChange={(rule) => onChange({ ...profile, filter: { rule } })}
        />
      )}
      {is === 'condition' && <p className="hint">{words.conditionInJson}</p>}
    </>
  )
}

export function Corrections({ profile, onChange, rules }: GroupProps) {
  const { normalize } = profile
  const put = (steps: readonly NormalizeStep[]) => onChange({ ...profile, normalize: steps })
  const first = firstRule(rules, 'normalize')
  return (
    <>
      <SortableList
        label={words.groups.normalize}
        rows={normalize}
        onChange={put}
        nameOf={stepName}
        render={(step, change) => (
          <>
            <span className="row-name">{words.steps[step.do]}</span>
            {step.do === 'rule' && (
              <RuleChoice
                label={words.rule}
                kind="normalize"
                rules={rules}
                value={step.rule}
                onChange={(rule) => change({ do: 'rule', rule })}
              />
            )}
            {step.do === 'remove-fields' && (
              <Words
                label={words.tags}
                value={step.tags.join(' ')}
                onChange={(written) => change({ do: 'remove-fields', tags: listed(written) })}
              />
            )}
            {step.do === 'add-field' && (
              <Words
                label={words.field}
                value={step.field}
                onChange={(field) => change({ do: 'add-field', field })}
              />
            )}
          </>
        )}
      />
      <Choice
        label={words.addStep}
        value={null}
        placeholder={words.choose}
        onChange={(added) => {
          const step = newStep(added, first)
          if (step !== null) put([...normalize, step])
        }}
        options={optionsOf(words.steps).filter(({ id }) => id !== 'rule' || first !== undefined)}
      />
    </>
  )
}

const stepName = (step: NormalizeStep): string =>
  step.do === 'rule' ? `${words.steps.rule} ${step.rule}` : words.steps[step.do]

const listed = (written: string): readonly string[] => written.split(/[\s,;]+/).filter((tag) => tag !== '')

function newStep(what: string, rule: string | undefined): NormalizeStep | null {
  switch (what) {
    case 'rule':
      return rule === undefined ? null : { do: 'rule', rule }
    case 'remove-fields':
      return { do: 'remove-fields', tags: ['9XX'] }
    case 'add-field':
      return { do: 'add-field', field: '590 ## $a Text' }
    case 'oclc-001-to-035':
    case 'copy-019-to-035z':
    case 'strip-oclc-export-fields':
    case 'oclc-035-canonical':
    case 'remove-empty-subfields':
      return { do: what }
    default:
      return null
  }
}

export function Validation({ profile, onChange, rules }: GroupProps) {
  const { validate, exceptions } = profile
  const codes = Object.keys(validate)
  const messages = Object.entries(validationRules).filter(([code]) => !codes.includes(code))
  return (
    <>
      <RuleChoice
        label={words.exceptions}
        kind="exceptions"
        rules={rules}
        value={exceptions ?? importExceptions}
        onChange={(next) => onChange({ ...profile, exceptions: next })}
      />
      {codes.length > 0 && (
        <ul className="severities" aria-label={words.severitiesOf}>
          {codes.map((code) => (
            <li key={code}>
              <OneOf
                label={code}
                value={severityOf(validate, code)}
                names={words.severities}
                onChange={(severity) => {
                  const { [code]: _, ...others } = validate
                  onChange({
                    ...profile,
                    validate: severity === 'default' ? others : { ...validate, [code]: severity },
                  })
                }}
              />
            </li>
          ))}
        </ul>
      )}
      <Choice
        label={words.addSeverity}
        value={null}
        placeholder={words.choose}
        onChange={(code) => onChange({ ...profile, validate: { ...validate, [code]: 'warning' } })}
        options={messages.map(([code, { message }]) => ({ id: code, label: `${code}: ${message}` }))}
      />
    </>
  )
}

const severityOf = (
  validate: GroupProps['profile']['validate'],
  code: string,
): keyof typeof words.severities => validate[code] ?? 'default'
