import type { ImportProfile } from '../../../rules/import-profile.ts'
import { parseProfile } from '../../../rules/parse-profile.ts'
import { inOrder } from '../../../rules/profile-in-order.ts'
import { shippedProfile } from '../../../rules/profiles.ts'
import type { WholeProfile } from '../../../server/api/profile.ts'
import { text } from '../../text.ts'
import type { TextProblem } from '../../ui/code-editor.tsx'
import { jsonPlaces, placeOf } from './json-places.ts'

/** A profile as it is being changed: by its settings, or by the JSON beside them. */
export type ProfileDraft = {
  /** As it was last without a fault. */
  readonly profile: ImportProfile
  readonly json: string
  readonly problems: readonly TextProblem[]
}

/** What a new profile begins with is another of the zone, or the shipped one. */
export function firstDraft(
  code: string,
  saved: WholeProfile | null,
  begin: WholeProfile | null,
): ProfileDraft {
  if (saved !== null) return draftOfProfile(saved.profile)
  const copied: ImportProfile = begin?.profile ?? shippedProfile('repository')
  return draftOfProfile({
    ...copied,
    code,
    name: begin === null ? '' : text.importProfile.copyOf(begin.name),
  })
}

/** A profile changed by its settings: what they let through may still be wrong. */
export function draftOfProfile(profile: ImportProfile): ProfileDraft {
  const ordered = inOrder(profile)
  const json = JSON.stringify(ordered, null, 2)
  return { profile: ordered, json, problems: problemsOf(json, ordered) }
}

/** The JSON as it was typed; the settings follow it where it is a profile. */
export function draftOfJson(json: string, before: ProfileDraft): ProfileDraft {
  const found = jsonPlaces(json)
  if (!found.ok)
    return {
      profile: before.profile,
      json,
      problems: [{ ...found.at, severity: 'error', message: text.importProfile.noJson }],
    }
  const value: unknown = JSON.parse(json)
  const parsed = parseProfile(value)
  return {
    profile: parsed.ok ? parsed.profile : before.profile,
    json,
    problems: parsed.ok ? [] : problemsOf(json, value),
  }
}

function problemsOf(json: string, value: unknown): readonly TextProblem[] {
  const parsed = parseProfile(value)
  const found = jsonPlaces(json)
  if (parsed.ok || !found.ok) return []
  return parsed.problems.map(({ path, message }) => ({
    ...placeOf(found.places, path),
    severity: 'error',
    message: path === '' ? message : `${path} ${message}`,
  }))
}

/** Whether a draft says what is saved, however its JSON is laid out. */
export const saysTheSame = ({ profile, problems }: ProfileDraft, saved: WholeProfile): boolean =>
  problems.length === 0 && JSON.stringify(inOrder(profile)) === JSON.stringify(inOrder(saved.profile))
