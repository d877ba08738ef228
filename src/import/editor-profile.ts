import type { Zone } from '../catalog/zone.ts'
import type { Queryable } from '../db/database.ts'
import type { ImportProfile, RunProfile } from '../rules/import-profile.ts'
import { shippedEditorProfile } from '../rules/profiles.ts'
import { findProfile } from './profile.ts'
import { resolveProfile } from './resolve-profile.ts'

/**
 * What a zone's bibs are edited by: its profile of the code `editor`, or the shipped one. Of the profile count
 * the normalisation, the exceptions, the match method and the tags of new bibs; the rest of it is about files.
 *
 * @param normalization code of a rule file that is applied after the profile's own
 * @throws {ImportRefusal} where a rule that it names cannot be used
 */
export async function editorProfile(
  db: Queryable,
  zone: Zone,
  normalization: string | null = null,
): Promise<RunProfile> {
  const stored = await findProfile(db, zone, shippedEditorProfile.code)
  const own: ImportProfile = stored?.profile ?? { ...shippedEditorProfile, originatingSystem: zone.code }
  const { match, normalize } = own
  return resolveProfile(db, zone, {
    ...own,
    useNetworkZone: false,
    filter: null,
    redirect: null,
    deletes: 'delete',
    normalize: normalization === null ? normalize : [...normalize, { do: 'rule', rule: normalization }],
    match: { ...match, handling: 'automatic', multi: { ...match.multi, combine: null } },
  })
}
