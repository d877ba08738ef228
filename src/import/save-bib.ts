import { protectedFields } from '../catalog/protected-fields.ts'
import type { Zone } from '../catalog/zone.ts'
import type { Database, Queryable, Tx } from '../db/database.ts'
import { unpack } from '../marc/packed.ts'
import type { MarcRecord } from '../marc/record.ts'
import type { PublishToOclc } from '../rules/bib-state.ts'
import { isIdentityTag } from '../rules/content.ts'
import type { EditTags } from '../rules/edit.ts'
import type { RunProfile } from '../rules/import-profile.ts'
import { splitLocal } from '../rules/local-fields.ts'
import { BibRefusal } from './bib-refusal.ts'
import { editorProfile } from './editor-profile.ts'
import { letPass } from './prepare-frame.ts'
import { prepareEdit, type PreparedEdit, prepareStored } from './prepare-edit.ts'
import { runEdit, type Saved } from './run-edit.ts'

/** Who changes a bib, and what they have read and hold of it. */
export type Writer = {
  readonly by: string
  /** The version that was read; nothing: whichever there is. */
  readonly version?: number
  /** The token of one's own lock. */
  readonly lock?: string
  readonly overrideLock?: boolean
  /** What comes first in the same transaction; taken back where nothing is changed. */
  readonly first?: (tx: Tx) => Promise<void>
}

export type SaveOptions = Writer & {
  /** Other bibs that match stop it. */
  readonly checkMatch?: boolean
  /** Findings that are warnings stop it. */
  readonly heedWarnings?: boolean
  /** No finding stops it; they are told all the same. */
  readonly skipValidation?: boolean
  /** Of a linked bib: shared fields that differ are refused, or left as they are. */
  readonly sharedFields?: 'refuse' | 'ignore'
  /** Code of a rule file that is applied after the normalisation of the profile. */
  readonly normalization?: string
  readonly tags?: EditTags
}

/** `ignored` are shared fields of a linked bib that were sent otherwise than they are, and are as they were. */
export type Updated = Saved & { readonly ignored: readonly string[] }

/**
 * Adds a bib to a zone by the one pipeline.
 *
 * @throws {BibRefusal} where it is not added, with findings, matches, or both
 * @throws {ImportRefusal} where a rule of the editor's profile cannot be used
 */
export async function addBib(
  db: Database,
  zone: Zone,
  record: MarcRecord,
  options: SaveOptions,
): Promise<Saved> {
  refuseCommunity(zone)
  const profile = await profileFor(db, zone, options)
  const { prepared, problems } = prepareEdit(record, profile, options)
  const edit = { ...editOf(options), do: 'save', mmsId: null, linkedTo: null } as const
  return runEdit(db, { zone, profile, by: options.by, edit }, prepared, problems)
}

/**
 * Makes a bib what a person has written; of a linked one its local fields (D14).
 *
 * @throws {BibRefusal} as `addBib`; where the bib is not there, not any more what was read, locked, or where
 * shared fields of a linked one were changed
 */
export async function updateBib(
  db: Database,
  zone: Zone,
  mmsId: string,
  written: MarcRecord,
  options: SaveOptions,
): Promise<Updated> {
  refuseCommunity(zone)
  const profile = await profileFor(db, zone, options)
  const bib = await getBibToEdit(db, zone, mmsId)
  // Number and time are the bib's own; what was sent there is not what it came from.
  const record = { ...written, fields: written.fields.filter(({ tag }) => !isIdentityTag(tag)) }
  const { prepared, problems, ignored } =
    bib.sharedRecord === null
      ? { ...prepareEdit(record, profile, options), ignored: [] }
      : await prepareLocal(db, zone, { ...bib, sharedRecord: bib.sharedRecord }, record, profile, options)
  const edit = { ...editOf(options), do: 'save', mmsId, linkedTo: bib.linkedMmsId } as const
  return { ...(await runEdit(db, { zone, profile, by: options.by, edit }, prepared, problems)), ignored }
}

/** Sets management tags (D18). @throws {BibRefusal} as `updateBib` */
export async function tagBib(
  db: Database,
  zone: Zone,
  mmsId: string,
  tags: { readonly suppressed?: boolean; readonly publishToOclc?: PublishToOclc },
  writer: Writer,
): Promise<Saved> {
  refuseCommunity(zone)
  return editStored(db, zone, mmsId, writer, 'tag', tags)
}

/**
 * Deletes a bib on which nothing hangs (D8); its versions stay.
 *
 * @throws {BibRefusal} as `updateBib`, and DELETE_BLOCKED with what hangs on it
 */
export async function removeBib(db: Database, zone: Zone, mmsId: string, writer: Writer): Promise<Saved> {
  refuseCommunity(zone)
  return editStored(db, zone, mmsId, writer, 'delete', {})
}

/** What looks at no record that was sent goes the way of the one that is stored, so that its keys are held. */
async function editStored(
  db: Database,
  zone: Zone,
  mmsId: string,
  writer: Writer,
  what: 'tag' | 'delete',
  tags: EditTags,
): Promise<Saved> {
  const profile = await editorProfile(db, zone)
  const bib = await getBibToEdit(db, zone, mmsId)
  const edit = { ...editOf({ ...writer, tags }), do: what, mmsId, linkedTo: bib.linkedMmsId } as const
  const run = { zone, profile, by: writer.by, edit, ...(writer.first ? { first: writer.first } : {}) }
  return runEdit(db, run, prepareStored(bib.record, profile), [])
}

export const editOf = ({ version, lock, overrideLock = false, checkMatch = false, tags = {} }: SaveOptions) =>
  ({ version: version ?? null, lock: lock ?? null, overrideLock, checkMatch, tags, revives: null }) as const

const profileFor = async (db: Queryable, zone: Zone, options: SaveOptions): Promise<RunProfile> => {
  const profile = await editorProfile(db, zone, options.normalization ?? null)
  return options.skipValidation === true ? letPass(profile) : profile
}

/** The whole record is validated, and the local fields of it are what is written. */
async function prepareLocal(
  db: Queryable,
  zone: Zone,
  bib: BibToEdit & { readonly sharedRecord: MarcRecord },
  record: MarcRecord,
  profile: RunProfile,
  options: SaveOptions,
): Promise<PreparedEdit & Pick<Updated, 'ignored'>> {
  const { sharedRecord, linkedMmsId } = bib
  const protect = await protectedFields(db, zone)
  const { local, changed } = splitLocal(record, sharedRecord, bib.record.fields, protect)
  if (changed.length > 0 && options.sharedFields !== 'ignore')
    throw new BibRefusal(
      'conflict',
      'SHARED_FIELDS',
      `Bib ${bib.mmsId} is linked to ${linkedMmsId} of zone ${bib.sharedZone}, and ${changed.join(', ')} ${changed.length === 1 ? 'is' : 'are'} shared with it: an institution changes its local fields alone.`,
      bib.isOfCommunity
        ? 'Mark fields of your own with $9 LOCAL, or unlink the bib to make it your own: bibs of the community zone are changed by nobody here.'
        : `Mark fields of your own with $9 LOCAL, edit bib ${linkedMmsId} by a role in ${bib.sharedZone}, or unlink the bib.`,
    )
  const shared = sharedRecord.fields.filter(({ tag }) => !isIdentityTag(tag))
  const whole = { leader: sharedRecord.leader, fields: [...shared, ...local] }
  const { problems } = prepareEdit(whole, profile, options)
  const own = { leader: sharedRecord.leader, fields: local }
  return { prepared: prepareEdit(own, letPass(profile), {}).prepared, problems, ignored: changed }
}

type BibToEdit = {
  readonly mmsId: string
  readonly version: number
  /** As it is stored: of a linked one its local fields alone. */
  readonly record: MarcRecord
  readonly linkedMmsId: string | null
  /** What it is linked to. */
  readonly sharedRecord: MarcRecord | null
  readonly sharedZone: string | null
  readonly isOfCommunity: boolean
}

/** @throws {BibRefusal} NO_SUCH_BIB */
async function getBibToEdit(db: Queryable, zone: Zone, mmsId: string): Promise<BibToEdit> {
  const [row] = await db.query<
    Omit<BibToEdit, 'record' | 'sharedRecord'> & {
      readonly record: string
      readonly sharedRecord: string | null
    }
  >(
    `select b.mms_id as "mmsId", b.version, b.record, b.linked_mms_id as "linkedMmsId", n.record as "sharedRecord",
            z.code as "sharedZone", coalesce(z.kind = 'community', false) as "isOfCommunity"
     from bib b
     left join zone z on z.suffix = right(b.linked_mms_id, 4)
     left join bib n on n.zone_id = z.zone_id and n.mms_id = b.linked_mms_id
     where b.zone_id = $1 and b.mms_id = $2`,
    [zone.zoneId, mmsId],
  )
  if (!row) throw noSuchBib(zone, mmsId)
  const { sharedRecord } = row
  return {
    ...row,
    record: unpack(row.record),
    sharedRecord: sharedRecord === null ? null : unpack(sharedRecord),
  }
}

export const noSuchBib = ({ code }: Zone, mmsId: string): BibRefusal =>
  new BibRefusal(
    'missing',
    'NO_SUCH_BIB',
    `There is no bib ${mmsId} in zone ${code}.`,
    'Check the number; it may have been deleted: its versions tell.',
  )

/** The community zone is loaded from files by its keeper, and edited by nobody. @throws {BibRefusal} */
export function refuseCommunity({ kind, code, name }: Zone): void {
  if (kind !== 'community') return
  throw new BibRefusal(
    'conflict',
    'COMMUNITY_ZONE',
    `${name} (${code}) is a community zone: its bibs are not changed by hand.`,
    'Link or copy the bib to an institution, and change it there.',
  )
}
