import { findBibPages, type BibPage } from '../../catalog/bib-page.ts'
import type { Zone } from '../../catalog/zone.ts'
import type { Queryable } from '../../db/database.ts'
import type { Arguments } from '../command.ts'
import { CommandFailure } from '../failure.ts'

export const bibArgument = {
  mmsId: { type: 'text', shown: 'MMSID', meaning: 'number of the bib' },
} as const satisfies Arguments

export const noSuchBib = (zone: Zone, mmsId: string): CommandFailure =>
  new CommandFailure(
    `There is no bib ${mmsId} in zone ${zone.code}.`,
    `If it was deleted, its versions tell: accession bib history ${mmsId} --zone ${zone.code}`,
  )

/** @throws {CommandFailure} where the zone has no such bib */
export async function getBib(db: Queryable, zone: Zone, mmsId: string): Promise<BibPage> {
  const [bib] = await findBibPages(db, zone, [mmsId])
  if (bib === undefined) throw noSuchBib(zone, mmsId)
  return bib
}
