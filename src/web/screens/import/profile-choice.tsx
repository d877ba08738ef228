import { Label, Radio, RadioGroup } from 'react-aria-components'
import type { Profile } from '../../../server/api/profile.ts'
import { text } from '../../text.ts'
import { Given } from '../../ui/given.tsx'

const words = text.import

/** Why a profile cannot be run, in words, or nothing. */
export function whyNotRunnable(profile: Profile): string | null {
  if (profile.type !== 'repository') return words.notRunnable
  return profile.active ? null : words.inactive
}

/** The profiles of a zone, each with the sentence that says what it does. */
export function ProfileChoice(props: {
  readonly profiles: readonly Profile[] | undefined
  readonly value: string | null
  readonly onChange: (code: string) => void
}) {
  if (props.profiles === undefined) return <p className="hint profile-space">{text.shell.loading}</p>
  if (props.profiles.length === 0) {
    return (
      <p className="notice">
        {words.noProfiles} {words.noProfilesRemedy}
      </p>
    )
  }
  return (
    <RadioGroup className="radios profile-space" value={props.value} onChange={props.onChange}>
      <Label>{words.profile}</Label>
      {props.profiles.map((profile) => {
        const whyNot = whyNotRunnable(profile)
        return (
          <Radio key={profile.code} className="radio" value={profile.code} isDisabled={whyNot !== null}>
            <span className="radio-mark" aria-hidden="true" />
            <span>
              <Given words={profile.name} />{' '}
              {profile.useNetworkZone && <span className="tag-word">{words.network}</span>}
              {whyNot !== null && <span className="tag-word">{whyNot}</span>}
              <small>{profile.summary}</small>
            </span>
          </Radio>
        )
      })}
    </RadioGroup>
  )
}
