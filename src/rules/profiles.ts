import type { ImportProfile, MatchSettings, NormalizeStep, OnMatch } from './import-profile.ts'

/** D10, D17: what every record of OCLC's goes through before its keys are derived. */
const oclcSteps: readonly NormalizeStep[] = [
  { do: 'remove-empty-subfields' },
  { do: 'oclc-001-to-035' },
  { do: 'oclc-035-canonical' },
  { do: 'copy-019-to-035z' },
  { do: 'strip-oclc-export-fields' },
]

/** Real records have these faults, and a cataloguer mends them better in the catalogue than in a queue. */
const tolerated: ImportProfile['validate'] = { TITLE_REPEATED: 'warning', MAIN_ENTRY_REPEATED: 'warning' }

const automatic = (method: string): MatchSettings => ({
  method,
  handling: 'automatic',
  multi: {
    disregardCommunity: true,
    disregardCancelled: true,
    preferSameCarrier: true,
    skipUnresolved: false,
  },
})

/** D41: in file profiles the brief guard is on and the older-version guard off, since real updates rarely move 005. */
const merged: OnMatch = {
  action: 'merge',
  mergeRule: 'overlay-all-but-local',
  briefGuard: true,
  olderVersion: 'disabled',
  keepOriginatingSystem: false,
}

const shared = {
  active: true,
  useNetworkZone: false,
  reading: 'repair',
  filter: null,
  normalize: oclcSteps,
  validate: tolerated,
  onNoMatch: 'import',
  deletes: 'not-allowed',
  tags: { suppress: null, publishToOclc: null },
  protect: [],
} as const satisfies Partial<ImportProfile>

/** The profiles that a new data directory has, so that a first import needs no configuration. */
export const shippedProfiles: readonly ImportProfile[] = [
  {
    ...shared,
    code: 'repository',
    name: 'Repository: records by OCLC number',
    description: 'Adds records, and replaces matching ones but for their local fields.',
    type: 'repository',
    originatingSystem: 'OCLC',
    match: automatic('oclc-else-source'),
    onMatch: merged,
  },
  {
    ...shared,
    code: 'new-order',
    name: "New order: a vendor's order records",
    description: 'Adds brief records with their order data; a matching bib is kept as it is and ordered on.',
    type: 'new-order',
    originatingSystem: 'vendor',
    normalize: oclcSteps.filter((step) => step.do !== 'strip-oclc-export-fields'),
    match: automatic('isbn-024-035'),
    onMatch: { ...merged, mergeRule: 'keep-existing' },
  },
  {
    ...shared,
    code: 'update-inventory',
    name: 'Update inventory: full records for what was ordered',
    description:
      'Replaces the brief bib of an order, and completes its inventory; records without a match are left out.',
    type: 'update-inventory',
    originatingSystem: 'vendor',
    match: automatic('isbn-024-035'),
    onMatch: merged,
    onNoMatch: 'do-not-import',
  },
]

/**
 * What the integration profile of a zone begins with: the settings of a consortium's institution zone, and
 * the older-version guard on (D41), since a cataloguer exports one record and looks at the reply.
 */
export const shippedConnexionProfile: ImportProfile = {
  ...shared,
  code: 'connexion',
  name: 'OCLC Connexion',
  description: 'Records that cataloguers export from Connexion or Record Manager.',
  type: 'repository',
  originatingSystem: 'OCLC',
  match: { ...automatic('oclc-else-source'), serial: 'oclc-else-source' },
  onMatch: { ...merged, olderVersion: 'consider-originating-system' },
  tags: { suppress: null, publishToOclc: { set: 'publish', when: 'new' } },
}

/**
 * What a zone's own bibs are saved by, where it has no profile of this code: little is corrected unasked, and
 * what breaks the format keeps a record from being saved.
 */
export const shippedEditorProfile: ImportProfile = {
  ...shared,
  code: 'editor',
  name: 'Editor',
  description: 'Bibs that are written by hand or by a program of the library.',
  type: 'repository',
  originatingSystem: 'editor',
  normalize: [{ do: 'remove-empty-subfields' }, { do: 'oclc-001-to-035' }, { do: 'oclc-035-canonical' }],
  exceptions: 'editor',
  validate: {},
  match: { ...automatic('oclc-else-source') },
  onMatch: { ...merged, briefGuard: false },
  deletes: 'delete',
}

/** A copy of the shipped profile of a code. Throws RangeError for one that does not exist. */
export function shippedProfile(code: string): ImportProfile {
  const profile = shippedProfiles.find((shipped) => shipped.code === code)
  if (!profile)
    throw new RangeError(
      `There is no shipped profile ${code}; there are ${shippedProfiles.map((shipped) => shipped.code).join(', ')}`,
    )
  return structuredClone(profile)
}
