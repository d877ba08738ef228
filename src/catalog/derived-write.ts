import { copyRows } from '../db/copy-rows.ts'
import type { Tx } from '../db/database.ts'
import { textArray } from '../db/text-array.ts'
import { unpackFacets } from '../rules/search/record-facets.ts'
import type { DerivedDifference } from './derived-difference.ts'
import { lockKeys } from './key-locks.ts'
import { partOf } from './part.ts'

/** Writes the rows that follow from the records of a zone's bibs: the difference only. */
export async function writeDerived(tx: Tx, zoneId: number, difference: DerivedDifference): Promise<void> {
  const { keys, headings, search, facets } = difference
  if (keys.remove.length > 0) {
    // A key that goes away must not be read as still there by a batch that holds its lock.
    await lockKeys(
      tx,
      zoneId,
      keys.remove.map(({ key }) => key.value),
    )
    await tx.execute(
      `delete from match_key k using unnest($2::text[], $3::text[], $4::text[], $5::text[]) as d (kind, value, mms_id, origin)
       where k.kind = d.kind and k.value = d.value and k.zone_id = $1 and k.mms_id = d.mms_id and k.origin = d.origin`,
      [
        zoneId,
        textArray(keys.remove.map(({ key }) => key.kind)),
        textArray(keys.remove.map(({ key }) => key.value)),
        textArray(keys.remove.map(({ mmsId }) => mmsId)),
        textArray(keys.remove.map(({ key }) => key.origin)),
      ],
    )
  }
  if (headings.remove.length > 0) {
    await tx.execute(
      `delete from bib_heading h using unnest($2::text[], $3::text[], $4::text[]) as d (kind, sort_form, mms_id)
       where h.zone_id = $1 and h.kind = d.kind and h.sort_form = d.sort_form and h.mms_id = d.mms_id`,
      [
        zoneId,
        textArray(headings.remove.map(({ heading }) => heading.kind)),
        textArray(headings.remove.map(({ heading }) => heading.sortForm)),
        textArray(headings.remove.map(({ mmsId }) => mmsId)),
      ],
    )
  }
  if (search.remove.length > 0) {
    await tx.execute(`delete from bib_search where zone_id = $1 and mms_id = any($2::text[])`, [
      zoneId,
      textArray(search.remove),
    ])
  }
  if (facets.remove.length > 0) {
    await tx.execute(`delete from bib_facet where zone_id = $1 and mms_id = any($2::text[])`, [
      zoneId,
      textArray(facets.remove),
    ])
  }
  await addKeys(tx, zoneId, keys.add)
  await addHeadings(tx, zoneId, headings.add)
  await addSearchRows(tx, zoneId, search.add)
  await addFacets(tx, zoneId, facets.add)
}

async function addKeys(tx: Tx, zoneId: number, keys: DerivedDifference['keys']['add']): Promise<void> {
  await copyRows(
    tx,
    'copy match_key (kind, value, zone_id, mms_id, origin, part) from stdin (format binary)',
    (rows) => {
      for (const { mmsId, key } of keys) {
        rows.row(6)
        rows.text(key.kind)
        rows.text(key.value)
        rows.int2(zoneId)
        rows.text(mmsId)
        rows.text(key.origin)
        rows.int2(partOf(key.value))
      }
    },
  )
}

async function addHeadings(
  tx: Tx,
  zoneId: number,
  headings: DerivedDifference['headings']['add'],
): Promise<void> {
  await copyRows(
    tx,
    'copy bib_heading (zone_id, kind, sort_form, mms_id, form, part) from stdin (format binary)',
    (rows) => {
      for (const { mmsId, heading } of headings) {
        rows.row(6)
        rows.int2(zoneId)
        rows.text(heading.kind)
        rows.text(heading.sortForm)
        rows.text(mmsId)
        rows.text(heading.form)
        rows.int2(partOf(mmsId))
      }
    },
  )
}

async function addSearchRows(
  tx: Tx,
  zoneId: number,
  search: DerivedDifference['search']['add'],
): Promise<void> {
  await copyRows(
    tx,
    'copy bib_search (zone_id, mms_id, title, words, part) from stdin (format binary)',
    (rows) => {
      for (const { mmsId, derived } of search) {
        rows.row(5)
        rows.int2(zoneId)
        rows.text(mmsId)
        rows.text(derived.title)
        rows.tsvector(derived.words)
        rows.int2(partOf(mmsId))
      }
    },
  )
}

async function addFacets(tx: Tx, zoneId: number, facets: DerivedDifference['facets']['add']): Promise<void> {
  await copyRows(
    tx,
    `copy bib_facet (zone_id, mms_id, resource_type, languages, year, second_year, country, encoding_level, open_access, carrier, brief_level, suppressed,
       publish_to_oclc, originating_system, linked_mms_id, sort_title, sort_creator, part) from stdin (format binary)`,
    (rows) => {
      for (const { mmsId, record, state } of facets) {
        const of = unpackFacets(record)
        rows.row(18)
        rows.int2(zoneId)
        rows.text(mmsId)
        rows.text(of.resourceType)
        rows.textArray(of.languages)
        rows.int2(of.year)
        rows.int2(of.secondYear)
        rows.text(of.country)
        rows.text(of.encodingLevel)
        rows.bool(of.isOpenAccess)
        rows.text(state.carrier)
        rows.int2(state.briefLevel)
        rows.bool(state.suppressed)
        rows.text(state.publishToOclc)
        rows.text(state.originatingSystem)
        rows.text(state.linkedMmsId)
        rows.text(of.sortTitle)
        rows.text(of.sortCreator)
        rows.int2(partOf(mmsId))
      }
    },
  )
}
