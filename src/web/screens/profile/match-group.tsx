import type { Combine, MatchSettings, MultiStep } from '../../../rules/import-profile.ts'
import { matchMethods } from '../../../rules/match/match-methods.ts'
import { text } from '../../text.ts'
import { Choice } from '../../ui/choice.tsx'
import { OneOf, OnOff, Words } from './controls.tsx'
import type { GroupProps } from './groups.ts'
import { RuleChoice } from './rule-choice.tsx'
import { SortableList } from '../../ui/sortable-list.tsx'
import { Weighted } from './weighted.tsx'

const words = text.importProfile

const asOthers = 'as-others'
const methods = matchMethods.map(({ code, name }) => ({ id: code, label: name }))
/** A row of the multi-step method is a method of its own. */
const stepMethods = methods.filter(({ id }) => id !== 'multi-step')

export function Matching({ profile, onChange, rules }: GroupProps) {
  const { match } = profile
  const put = (next: Partial<MatchSettings>) => onChange({ ...profile, match: { ...match, ...next } })
  const putMulti = (next: Partial<MatchSettings['multi']>) => put({ multi: { ...match.multi, ...next } })
  const { serial, ...withoutSerial } = match
  const isUsed = (method: string) => match.method === method || serial === method
  return (
    <>
      <Choice
        label={words.method}
        value={match.method}
        onChange={(method) =>
          put({ method, ...(method === 'multi-step' ? { steps: match.steps ?? [firstStep] } : {}) })
        }
        options={methods}
      />
      <Choice
        label={words.serial}
        value={serial ?? asOthers}
        onChange={(next) =>
          next === asOthers ? onChange({ ...profile, match: withoutSerial }) : put({ serial: next })
        }
        options={[{ id: asOthers, label: words.asOthers }, ...methods]}
      />
      <OneOf
        label={words.handling}
        value={match.handling}
        names={words.handlings}
        onChange={(handling) => put({ handling })}
      />
      {isUsed('multi-step') && (
        <div className="stack sub-group">
          <h3>{words.multiStep}</h3>
          <SortableList
            label={words.multiStep}
            rows={match.steps ?? []}
            onChange={(steps) => put({ steps })}
            nameOf={({ method }) => methods.find(({ id }) => id === method)?.label ?? method}
            render={(step, change) => <StepRow step={step} onChange={change} />}
          />
          <Choice
            label={words.addRow}
            value={null}
            placeholder={words.choose}
            onChange={(method) => put({ steps: [...(match.steps ?? []), { method, for: 'all' }] })}
            options={stepMethods}
          />
        </div>
      )}
      {(isUsed('weighted') || match.steps?.some(({ method }) => method === 'weighted') === true) && (
        <Weighted match={match} onChange={(weighted) => put({ weighted })} />
      )}
      <div className="stack sub-group">
        <h3>{words.multi}</h3>
        <p className="hint">{words.multiMeaning}</p>
        <OnOff
          label={words.disregardCommunity}
          value={match.multi.disregardCommunity}
          onChange={(disregardCommunity) => putMulti({ disregardCommunity })}
        />
        <OnOff
          label={words.disregardCancelled}
          value={match.multi.disregardCancelled}
          onChange={(disregardCancelled) => putMulti({ disregardCancelled })}
        />
        <OnOff
          label={words.preferSameCarrier}
          value={match.multi.preferSameCarrier}
          onChange={(preferSameCarrier) => putMulti({ preferSameCarrier })}
        />
        <OnOff
          label={words.combine}
          meaning={words.combineMeaning}
          value={match.multi.combine != null}
          onChange={(on) => putMulti({ combine: on ? firstCombine : null })}
        />
        {match.multi.combine != null && (
          <CombineSettings
            combine={match.multi.combine}
            onChange={(combine) => putMulti({ combine })}
            rules={rules}
          />
        )}
        <OnOff
          label={words.skipUnresolved}
          value={match.multi.skipUnresolved}
          onChange={(skipUnresolved) => putMulti({ skipUnresolved })}
        />
      </div>
    </>
  )
}

const firstStep: MultiStep = { method: 'oclc', for: 'all' }

const firstCombine: Combine = {
  handling: 'manual',
  preferred: 'most-inventory',
  others: 'suppress',
  mergeRule: 'keep-existing',
}

function StepRow({
  step,
  onChange,
}: {
  readonly step: MultiStep
  readonly onChange: (step: MultiStep) => void
}) {
  const { prefix, ...withoutPrefix } = step
  return (
    <>
      <Choice
        label={words.method}
        value={step.method}
        onChange={(method) => onChange({ ...step, method })}
        options={stepMethods}
      />
      <OneOf
        label={words.stepFor}
        value={step.for}
        names={words.stepsFor}
        onChange={(kind) => onChange({ ...step, for: kind })}
      />
      <Words
        label={words.prefix}
        value={prefix ?? ''}
        onChange={(written) => onChange(written === '' ? withoutPrefix : { ...step, prefix: written })}
      />
    </>
  )
}

function CombineSettings(props: {
  readonly combine: Combine
  readonly onChange: (combine: Combine) => void
  readonly rules: GroupProps['rules']
}) {
  const { combine, onChange, rules } = props
  return (
    <div className="settings sub-group">
      <OneOf
        label={words.combineHandling}
        value={combine.handling}
        names={words.handlings}
        onChange={(handling) => onChange({ ...combine, handling })}
      />
      <OneOf
        label={words.preferred}
        value={combine.preferred}
        names={words.preferredOnes}
        onChange={(preferred) => onChange({ ...combine, preferred })}
      />
      <OneOf
        label={words.others}
        value={combine.others}
        names={words.othersBecome}
        onChange={(others) => onChange({ ...combine, others })}
      />
      <RuleChoice
        label={words.combineRule}
        kind="merge"
        rules={rules}
        value={combine.mergeRule}
        onChange={(mergeRule) => onChange({ ...combine, mergeRule })}
      />
    </div>
  )
}
