import { partOf } from '../catalog/part.ts'
import type { Zone } from '../catalog/zone.ts'
import type { Tx } from '../db/database.ts'
import { isAccessUrl } from '../rules/access-url.ts'
import { type BibOfInventory, bibOfInventory } from './bib-of-inventory.ts'
import { reserveInventoryIds } from './inventory-id.ts'
import { holdToLibrary } from './place.ts'
import type { PortfolioContent } from './portfolio.ts'
import { InventoryRefusal } from './refusal.ts'
import { type By, holdToVersion, keepVersions, lockPiece, removePieces } from './revision.ts'

export type AddedPortfolio = { readonly portfolioId: string; readonly bib: BibOfInventory }

/**
 * Adds a portfolio that stands alone to a bib; in an institution, to the linked bib of one of the network or the
 * community zone (D3).
 *
 * @throws {InventoryRefusal}
 */
export async function addPortfolio(
  tx: Tx,
  zone: Zone,
  mmsId: string,
  content: PortfolioContent,
  by: By,
): Promise<AddedPortfolio> {
  await holdToRules(tx, zone, content)
  const bib = await bibOfInventory(tx, zone, mmsId, 'electronic', by.by)
  const [portfolioId = ''] = await reserveInventoryIds(tx, 'portfolio', zone.suffix, 1)
  await tx.execute(
    `insert into portfolio (zone_id, portfolio_id, url, availability, library, coverage, public_note, internal_note,
       authentication_note, proxy, material_type, changed_by, job_id, file_no, position, mms_id, part, version, action)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, 1, 'added')`,
    [
      zone.zoneId,
      portfolioId,
      ...valuesOf(content),
      by.by,
      by.jobId,
      by.fileNo,
      by.position,
      bib.mmsId,
      partOf(bib.mmsId),
    ],
  )
  return { portfolioId, bib }
}

/** Gives a portfolio other content, all of it. @throws {InventoryRefusal} */
export async function updatePortfolio(
  tx: Tx,
  zone: Zone,
  id: string,
  seen: number,
  content: PortfolioContent,
  by: By,
): Promise<void> {
  const found = await lockPiece(tx, 'portfolio', zone, id)
  holdToVersion('portfolio', id, seen, found)
  await holdToRules(tx, zone, content)
  await keepVersions(tx, 'portfolio', zone.zoneId, [id])
  await tx.execute(
    `update portfolio set version = version + 1, url = $3, availability = $4, library = $5, coverage = $6, public_note = $7,
       internal_note = $8, authentication_note = $9, proxy = $10, material_type = $11, action = 'changed', changed_at = now(),
       changed_by = $12, job_id = $13, file_no = $14, position = $15, follows_url = ${isOfSource('url', '$3')},
       follows_coverage = ${isOfSource('coverage', '$6')}
     where zone_id = $1 and portfolio_id = $2`,
    [zone.zoneId, id, ...valuesOf(content), by.by, by.jobId, by.fileNo, by.position],
  )
}

/** What an activated portfolio has as its source has it follows the source from now on. */
const isOfSource = (column: 'url' | 'coverage', value: string) =>
  `exists (select from portfolio s where s.portfolio_id = portfolio.source_id and s.title_key is not null
     and s.${column} is not distinct from ${value})`

/** Of an activated one: deactivates it. @throws {InventoryRefusal} */
export async function removePortfolio(
  tx: Tx,
  zone: Zone,
  id: string,
  seen: number,
  by: By,
): Promise<{ readonly mmsId: string }> {
  const found = await lockPiece(tx, 'portfolio', zone, id)
  holdToVersion('portfolio', id, seen, found)
  const listed = await tx.query(
    `select from portfolio where zone_id = $1 and portfolio_id = $2 and title_key is not null`,
    [zone.zoneId, id],
  )
  if (listed.length > 0)
    throw new InventoryRefusal(
      'conflict',
      'OF_TITLE_LIST',
      `The portfolio ${id} is one of a title list; others may have activated it.`,
      'Load a list that has it no more: it is marked as withdrawn then, and those who have it are told.',
    )
  await removePieces(tx, 'portfolio', zone.zoneId, [id], by)
  return { mmsId: found.mmsId }
}

async function holdToRules(tx: Tx, zone: Zone, { url, library }: PortfolioContent): Promise<void> {
  if (url !== null && !isAccessUrl(url))
    throw new InventoryRefusal(
      'invalid',
      'NOT_A_URL',
      `“${url.slice(0, 200)}” is no address that a reader can open.`,
      'Give a whole URL that starts with https://, http:// or ftp://.',
    )
  if (library !== null) await holdToLibrary(tx, zone, library)
}

const valuesOf = (content: PortfolioContent): readonly unknown[] => [
  content.url,
  content.availability,
  content.library,
  content.coverage,
  content.publicNote,
  content.internalNote,
  content.authenticationNote,
  content.proxy,
  content.materialType,
]
