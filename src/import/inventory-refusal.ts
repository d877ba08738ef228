import type { Zone } from '../catalog/zone.ts'
import type { ImportProfile } from '../rules/import-profile.ts'
import { ImportRefusal } from './refusal.ts'

/** Physical inventory is an institution's. @throws {ImportRefusal} where a profile would make it in another zone */
export function refuseInventory(
  { kind, code, name }: Zone,
  { code: profile, inventory }: ImportProfile,
): void {
  const operations = inventory?.operations ?? 'none'
  if (kind === 'institution' || (operations !== 'physical' && operations !== 'mixed')) return
  throw new ImportRefusal(
    'conflict',
    'NO_PHYSICAL_INVENTORY',
    `The profile ${profile} makes holdings, and ${name} (${code}) has no physical inventory: that is always an institution’s.`,
    'Set its inventory operations to electronic or none, or save it in an institution zone.',
  )
}
