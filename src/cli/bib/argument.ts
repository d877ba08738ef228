import { findBibPages, type BibPage } from '../../catalog/bib-page.ts'
import { deletionWords, findDeletions } from '../../catalog/deleted-bib.ts'
import { findSuccessor } from '../../catalog/find-successor.ts'
import type { Zone } from '../../catalog/zone.ts'
import type { Queryable } from '../../db/database.ts'
import type { Arguments } from '../command.ts'
import { CommandFailure } from '../failure.ts'

export const bibArgument = {
  mmsId: { type: 'text', shown: 'MMSID', meaning: 'number of the bib' },
} as const satisfies Arguments

export async function noSuchBib(db: Queryable, zone: Zone, mmsId: string): Promise<CommandFailure> {
  const [deletion] = await findDeletions(db, zone, [mmsId])
  if (deletion === undefined)
    return new CommandFailure(
      `There is and was no bib ${mmsId} in zone ${zone.code}.`,
      `Search for it: accession search ${mmsId} --zone ${zone.code}`,
    )
  const gone = `Bib ${mmsId} of zone ${zone.code} ${deletionWords(deletion)}`
  const successor = await findSuccessor(db, zone, mmsId)
  return successor === null
    ? new CommandFailure(
        `${gone}.`,
        `Its versions tell what it was: accession bib history ${mmsId} --zone ${zone.code}`,
      )
    : new CommandFailure(
        `${gone}: it was combined into ${successor}.`,
        `See the bib that it is in now: accession bib show ${successor} --zone ${zone.code}`,
      )
}

/** @throws {CommandFailure} where the zone has no such bib */
export async function getBib(db: Queryable, zone: Zone, mmsId: string): Promise<BibPage> {
  const [bib] = await findBibPages(db, zone, [mmsId])
  if (bib === undefined) throw await noSuchBib(db, zone, mmsId)
  return bib
}
