import { findBibVersion, findLastVersions } from '../catalog/bib-past.ts'
import type { Zone } from '../catalog/zone.ts'
import type { Database } from '../db/database.ts'
import { unpack } from '../marc/packed.ts'
import type { BibState } from '../rules/bib-state.ts'
import type { Revived } from '../rules/edit.ts'
import { undoChange } from '../rules/undo.ts'
import { BibRefusal } from './bib-refusal.ts'
import { editorProfile } from './editor-profile.ts'
import { prepareStored } from './prepare-edit.ts'
import { runEdit, type Saved } from './run-edit.ts'
import { editOf, noSuchBib, refuseCommunity, type Writer } from './save-bib.ts'

export type RestoreOptions = Writer & {
  /**
   * Three ways: what was changed from that version to the next is taken back, and what later versions changed
   * stays. Else the bib becomes what it was in that version.
   */
  readonly keepLater?: boolean
}

/** `conflicts` are fields, in words, that a later version has changed as well: they are as they were left. */
export type Restored = Saved & { readonly conflicts: readonly string[] }

/**
 * Makes a bib again what its record was in a version, as a new version; a deleted one comes back under its
 * number. Management tags stay as they are, but for a bib that comes back.
 *
 * @throws {BibRefusal} NO_SUCH_VERSION, NOT_RESTORABLE, and as a save
 */
export async function restoreBib(
  db: Database,
  zone: Zone,
  mmsId: string,
  version: number,
  options: RestoreOptions,
): Promise<Restored> {
  refuseCommunity(zone)
  const { zoneId } = zone
  const last = (await findLastVersions(db, zoneId, [mmsId]))[0]?.version
  if (last === undefined) throw noSuchBib(zone, mmsId)
  const wanted = await findBibVersion(db, zoneId, mmsId, version)
  if (!wanted) throw noSuchVersion(zone, mmsId, version, last)
  if (wanted.record === '')
    throw notRestorable(
      `Version ${version} of bib ${mmsId} is its deletion.`,
      'Restore the version before it.',
    )
  const current = await findBibVersion(db, zoneId, mmsId, last)
  const profile = await editorProfile(db, zone)
  const isGone = !current || current.record === ''
  if (isGone && wanted.linkedMmsId !== null)
    throw notRestorable(
      `Bib ${mmsId} was linked to ${wanted.linkedMmsId} when it was deleted, and comes back by a new link.`,
      `Link bib ${wanted.linkedMmsId} again.`,
    )
  if (!isGone && wanted.linkedMmsId !== current.linkedMmsId)
    throw notRestorable(
      `In version ${version} bib ${mmsId} ${wanted.linkedMmsId === null ? 'was linked to nothing' : `was linked to ${wanted.linkedMmsId}`}, and it ${current.linkedMmsId === null ? 'is not now' : `is linked to ${current.linkedMmsId} now`}.`,
      'Choose a version of the time since, or link or unlink the bib first.',
    )
  if (options.keepLater === true && (isGone || version === last))
    throw notRestorable(
      isGone
        ? `Bib ${mmsId} is deleted: there is nothing to keep of later versions.`
        : `Version ${version} is the present one: no change came after it.`,
      'Choose an earlier version, or restore the whole.',
    )
  const next = options.keepLater === true ? await findBibVersion(db, zoneId, mmsId, version + 1) : null
  const undone = next && current ? undoChange({ before: wanted, after: next, current }) : null
  const record = undone ? (undone.to?.record ?? current?.record ?? '') : wanted.record
  const saved = await runEdit(
    db,
    {
      zone,
      profile,
      by: options.by,
      edit: {
        ...editOf({ ...options, version: options.version ?? last }),
        do: 'restore',
        mmsId,
        linkedTo: wanted.linkedMmsId,
        revives: isGone ? { ...sourceAndTags(wanted), version: last } : null,
      },
    },
    prepareStored(unpack(record), profile),
    [],
  )
  return { ...saved, conflicts: undone?.conflicts ?? [] }
}

/** What a bib that comes back has besides its record. */
const sourceAndTags = ({
  originatingSystem,
  originatingNumber,
  originatingVersion,
  suppressed,
  publishToOclc,
}: BibState): Omit<Revived, 'version'> => ({
  originatingSystem,
  originatingNumber,
  originatingVersion,
  suppressed,
  publishToOclc,
})

/** @param last the last version that there was */
const noSuchVersion = ({ code }: Zone, mmsId: string, version: number, last: number): BibRefusal =>
  new BibRefusal(
    'missing',
    'NO_SUCH_VERSION',
    `Bib ${mmsId} of zone ${code} has no version ${version}.`,
    `Its versions are 1 to ${last}.`,
  )

const notRestorable = (message: string, remedy: string): BibRefusal =>
  new BibRefusal('conflict', 'NOT_RESTORABLE', message, remedy)
