import type { ImportProfile, OnMatch, Redirect } from '../../../rules/import-profile.ts'
import { text } from '../../text.ts'
import { OneOf, OnOff, Words } from './controls.tsx'
import type { GroupProps } from './groups.ts'
import { RuleChoice } from './rule-choice.tsx'

const words = text.importProfile

export function WhenMatched({ profile, onChange, rules }: GroupProps) {
  const { onMatch } = profile
  const put = (next: Partial<OnMatch>) => onChange({ ...profile, onMatch: { ...onMatch, ...next } })
  const oclc = onMatch.oclc ?? allWarn
  const putOclc = (next: Partial<NonNullable<OnMatch['oclc']>>) => put({ oclc: { ...oclc, ...next } })
  return (
    <>
      <OneOf
        label={words.action}
        value={onMatch.action}
        names={words.actions}
        onChange={(action) => put({ action })}
      />
      <RuleChoice
        label={words.mergeRule}
        kind="merge"
        rules={rules}
        value={onMatch.mergeRule}
        onChange={(mergeRule) => put({ mergeRule })}
      />
      <OneOf
        label={words.olderVersion}
        value={onMatch.olderVersion}
        names={words.olderVersions}
        onChange={(olderVersion) => put({ olderVersion })}
      />
      <OnOff
        label={words.briefGuard}
        value={onMatch.briefGuard}
        onChange={(briefGuard) => put({ briefGuard })}
      />
      <OnOff
        label={words.keepOriginatingSystem}
        value={onMatch.keepOriginatingSystem}
        onChange={(keepOriginatingSystem) => put({ keepOriginatingSystem })}
      />
      <div className="settings sub-group">
        <h3>{words.oclcGuards}</h3>
        <OneOf
          label={words.twoCurrent}
          value={oclc.twoCurrent}
          names={words.oclcGuardDoes}
          onChange={(twoCurrent) => putOclc({ twoCurrent })}
        />
        <OneOf
          label={words.numberChange}
          value={oclc.numberChange}
          names={words.oclcGuardDoes}
          onChange={(numberChange) => putOclc({ numberChange })}
        />
        <OneOf
          label={words.cancelledElsewhere}
          value={oclc.cancelledElsewhere}
          names={words.oclcGuardDoes}
          onChange={(cancelledElsewhere) => putOclc({ cancelledElsewhere })}
        />
      </div>
    </>
  )
}

const allWarn = { twoCurrent: 'warn', numberChange: 'warn', cancelledElsewhere: 'warn' } as const

const firstRedirect: Redirect = {
  field: '019',
  subfield: 'a',
  handling: 'manual',
  others: 'suppress',
  mergeRule: 'keep-existing',
}

export function Redirection({ profile, onChange, rules }: GroupProps) {
  const { redirect } = profile
  const put = (next: Partial<Redirect>) =>
    onChange({ ...profile, redirect: { ...(redirect ?? firstRedirect), ...next } })
  return (
    <>
      <OnOff
        label={words.redirect}
        meaning={words.redirectMeaning}
        value={redirect != null}
        onChange={(on) => onChange({ ...profile, redirect: on ? firstRedirect : null })}
      />
      {redirect != null && (
        <>
          <Words label={words.redirectField} value={redirect.field} onChange={(field) => put({ field })} />
          <Words
            label={words.redirectSubfield}
            value={redirect.subfield}
            onChange={(subfield) => put({ subfield })}
          />
          <OneOf
            label={words.combineHandling}
            value={redirect.handling}
            names={words.handlings}
            onChange={(handling) => put({ handling })}
          />
          <OneOf
            label={words.others}
            value={redirect.others}
            names={words.othersBecome}
            onChange={(others) => put({ others })}
          />
          <RuleChoice
            label={words.combineRule}
            kind="merge"
            rules={rules}
            value={redirect.mergeRule}
            onChange={(mergeRule) => put({ mergeRule })}
          />
        </>
      )}
    </>
  )
}

export function TheRest({ profile, onChange }: GroupProps) {
  const { tags } = profile
  const putTags = (next: Partial<ImportProfile['tags']>) =>
    onChange({ ...profile, tags: { ...tags, ...next } })
  return (
    <>
      <OneOf
        label={words.onNoMatch}
        value={profile.onNoMatch}
        names={words.noMatches}
        onChange={(onNoMatch) => onChange({ ...profile, onNoMatch })}
      />
      <OneOf
        label={words.deletes}
        value={profile.deletes}
        names={words.deletesDo}
        onChange={(deletes) => onChange({ ...profile, deletes })}
      />
      <OneOf
        label={words.suppress}
        value={tags.suppress === null ? 'leave' : tags.suppress.set ? 'on' : 'off'}
        names={words.suppressed}
        onChange={(is) =>
          putTags({
            suppress: is === 'leave' ? null : { set: is === 'on', when: tags.suppress?.when ?? 'new' },
          })
        }
      />
      {tags.suppress !== null && (
        <OneOf
          label={words.suppressWhen}
          value={tags.suppress.when}
          names={words.when}
          onChange={(when) => putTags({ suppress: { set: tags.suppress?.set ?? true, when } })}
        />
      )}
      <OneOf
        label={words.publish}
        value={tags.publishToOclc?.set ?? 'leave'}
        names={words.published}
        onChange={(set) =>
          putTags({
            publishToOclc: set === 'leave' ? null : { set, when: tags.publishToOclc?.when ?? 'new' },
          })
        }
      />
      {tags.publishToOclc !== null && (
        <OneOf
          label={words.publishWhen}
          value={tags.publishToOclc.when}
          names={words.when}
          onChange={(when) => putTags({ publishToOclc: { set: tags.publishToOclc?.set ?? 'publish', when } })}
        />
      )}
      <Protected profile={profile} onChange={onChange} />
    </>
  )
}

function Protected({ profile, onChange }: Pick<GroupProps, 'profile' | 'onChange'>) {
  return (
    <Words
      label={words.protect}
      meaning={words.protectMeaning}
      value={profile.protect.join('\n')}
      onChange={(written) => onChange({ ...profile, protect: written === '' ? [] : written.split('\n') })}
      rows={3}
      className="wide"
    />
  )
}
