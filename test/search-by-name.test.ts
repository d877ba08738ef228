import assert from 'node:assert/strict'
import { test } from 'node:test'
import { readWording } from '../src/catalog/search/asked.ts'
import { search } from '../src/catalog/search/search.ts'
import { addZone, getZone } from '../src/catalog/zone.ts'
import type { MarcRecord } from '../src/marc/record.ts'
import { findIndex } from '../src/rules/search/find-index.ts'
import { searchIndexes } from '../src/rules/search/indexes.ts'
import type { Entity } from '../src/rules/search/search-index.ts'
import { addBib, record } from './catalogue.ts'
import { testDatabase } from './database.ts'

/*
 * Every index that libraries know from Alma's search of titles, by the name that it has there: what it finds, and what it
 * leaves out though the same word or number stands elsewhere in the record. Those of PO lines come with orders.
 */

const db = await testDatabase()
await addZone(db, { code: 'NZ', kind: 'network', name: 'The network', suffix: '5816' })
await addZone(db, { code: 'IZ', kind: 'institution', name: 'The library', suffix: '5801', network: 'NZ' })
await addZone(db, { code: 'CZ', kind: 'community', name: 'The community', suffix: '5000' })
const library = await getZone(db, 'IZ')

/** Control fields stand before the others. */
const withControl = (
  { leader, fields }: MarcRecord,
  control: Readonly<Record<string, string>>,
  at17 = ' ',
): MarcRecord => ({
  leader: `${leader.slice(0, 17)}${at17}${leader.slice(18)}`,
  fields: [
    ...Object.entries({ '008': '151105s1815    enk           000 1 eng d', ...control })
      .toSorted(([a], [b]) => (a < b ? -1 : 1))
      .map(([tag, value]) => ({ tag, value })),
    ...fields.filter((field) => 'subfields' in field),
  ],
})

const whole = await addBib(
  db,
  'NZ',
  withControl(
    record(
      '010 __ $a    98012345 $b ms68004321 $z    98054321',
      '015 __ $a GB1234567 $z GB7654321 $2 bnb',
      '016 7_ $a 101234567 $2 DNLM',
      '017 __ $a EU781596 $b U.S. Copyright Office',
      '019 __ $a 555666',
      '020 __ $a 9780141439518 $z 9780141439587',
      '022 0_ $a 0028-0836 $e 2041-1723 $l 1476-4687 $m 0959-8138 $y 0140-6736 $z 0099-5355',
      '024 7_ $a 10.1000/182 $2 doi',
      '027 __ $a METPRO/CB/TR--74/216',
      '028 02 $a 438 953-2 $b Philips',
      '030 __ $a NATUAS',
      '031 __ $a 1 $d Allegretto caption $t Incipit words',
      '035 __ $a (OCoLC)ocm00111222 $z (OCoLC)333444',
      '035 __ $a (VENDOR)77-1 $z (VENDOR)77-2 $9 (VENDOR)77-3',
      '041 1_ $a eng $a gre $h rus',
      '074 __ $a 1004-E',
      '086 0_ $a Y 4.Ag 8/2',
      '100 1_ $a Mainperson, Jane, $c Lady, $d 1775-1817 $j pupil $q Janequalifier $u Affiliationhall',
      '110 2_ $a Maincorporation',
      '111 2_ $a Mainconference',
      '130 _0 $a Uniformone',
      '210 0_ $a Abbreviatedkey',
      '222 _0 $a Serialkey $b (Online)',
      '240 10 $a Uniformtwo',
      '242 10 $a Translatedkey',
      '243 10 $a Uniformthree',
      '245 10 $a Properkey : $b remainderkey / $c responsibilitykey.',
      '246 3_ $a Variantkey',
      '247 10 $a Formerkey',
      '250 __ $a Editionkey',
      '260 __ $a Placekey : $b Publisherkey.',
      '400 1_ $a Oldseriesname $t Oldserieskey',
      '440 _0 $a Tracedkey',
      '490 0_ $a Untracedkey',
      '500 __ $a Notekey',
      '505 00 $t Contentkey / $r Contentname',
      '506 0_ $a Unrestricted online access $2 star',
      '600 10 $a Subjectperson',
      '630 00 $a Uniformsubject',
      '650 _0 $a Congresssubject',
      '650 _2 $a Medicalsubject',
      '650 _7 $a Othersubject $2 fast',
      '655 _7 $a Genrekey $2 lcgft',
      '699 __ $a Uniformlocal',
      '700 1_ $a Addedperson, $e editor. $t Addedkey',
      '710 2_ $a Addedcorporation',
      '711 2_ $a Addedconference',
      '730 0_ $a Uniformadded',
      '830 _0 $a Uniformseries',
      '880 1_ $6 100-01 $a Имярек',
      '880 1_ $6 600-02 $a Предмет',
    ),
    { '004': 'HOLD4711', '008': '151105m18151870gr            000 1 eng d', '009': 'Zeronine' },
    '7',
  ),
)
const plain = await addBib(
  db,
  'NZ',
  withControl(
    record(
      '100 1_ $a Someoneelse',
      '245 10 $a Another / $c Mainperson, Properkey',
      '500 __ $a Serialkey Subjectperson Congresssubject Uniformone unrestricted HOLD4711 Zeronine',
      '506 __ $a Restricted',
    ),
    { '008': '151105s1990    enk           000 1 fre d' },
  ),
)
const linked = await addBib(db, 'IZ', record('590 __ $a Giftkey $9 LOCAL'), { linkedMmsId: whole })
const own = await addBib(
  db,
  'IZ',
  record('090 __ $a Shelfkey', '245 10 $a Ours, Giftkey.', '690 _4 $a Localsubject', '949 __ $a Codekey'),
)
const community = await addBib(db, 'CZ', record('245 10 $a Package title'))
const activated = await addBib(db, 'IZ', record('599 __ $a Activated $9 LOCAL'), { linkedMmsId: community })

await db.execute(
  `update bib set changed_by = 'maria', suppressed = true, publish_to_oclc = 'holdings-only', brief_level = 3,
     originating_system = 'YBP', changed_at = '2024-05-06T12:00:00Z' where mms_id = $1`,
  [whole],
)
await db.execute(
  `update bib_facet set suppressed = true, publish_to_oclc = 'holdings-only', brief_level = 3, originating_system = 'YBP'
   where mms_id = $1`,
  [whole],
)
await db.execute(
  `insert into holdings (zone_id, holdings_id, mms_id, version, record, library, location, call_number, call_number_sort, suppressed, action, part)
   select $1, h.id, h.mms_id, 1, 'leader', h.library, h.location, h.number, h.number, false, 'added', 0
   from (values ('22100000015801', $2, 'MAIN', 'stacks', 'PR4034 .E5'), ('22100000025801', $3, 'LAW', 'desk', 'KF100 .A1'))
     as h (id, mms_id, library, location, number)`,
  [library.zoneId, linked, own],
)
await db.execute(
  `insert into item (zone_id, item_id, holdings_id, mms_id, version, barcode, status, policy, material_type, action, part)
   select $1, i.id, i.holdings, i.mms_id, 1, i.barcode, i.status, 'loan', i.type, 'added', 0
   from (values ('23100000015801', '22100000015801', $2, '3100', 'in-place', 'book'), ('23100000025801', '22100000025801', $3, '3200', 'missing', 'dvd'))
     as i (id, holdings, mms_id, barcode, status, type)`,
  [library.zoneId, linked, own],
)
await db.execute(
  `insert into item_barcode select zone_id, barcode, item_id, mms_id, part from item where zone_id = $1`,
  [library.zoneId],
)
await db.execute(
  `insert into portfolio (zone_id, portfolio_id, mms_id, version, url, availability, action, part)
   select $1, p.id, p.mms_id, 1, 'https://example.org/', p.availability, 'added', 0
   from (values ('53100000015801', $2, 'available'), ('53100000025801', $3, 'unavailable')) as p (id, mms_id, availability)`,
  [library.zoneId, own, activated],
)

type Named = {
  /** The name in Alma's search. */
  readonly name: string
  readonly index: string
  readonly zone?: 'IZ'
  readonly entity?: Entity
  /** Queries that find it, and queries of the same index that do not. */
  readonly finds: readonly string[]
  readonly misses: readonly string[]
  /** What is found; the record with everything in it where nothing is said. */
  readonly found?: readonly string[]
}

const words = (index: string, finds: string, misses: string) => ({
  finds: finds.split(' ').map((word) => `${index} = ${word}`),
  misses: misses.split(' ').map((word) => `${index} = ${word}`),
})
const values = (index: string, finds: readonly string[], misses: readonly string[]) => ({
  finds: finds.map((value) => `${index} = "${value}"`),
  misses: misses.map((value) => `${index} = "${value}"`),
})
const titleWords =
  'Properkey remainderkey Uniformone Abbreviatedkey Serialkey Uniformtwo Translatedkey Uniformthree Variantkey Formerkey Tracedkey Untracedkey Oldserieskey Contentkey Addedkey Uniformadded Uniformseries caption incipit'

const names: readonly Named[] = [
  {
    name: 'Keywords',
    index: 'keywords',
    ...words(
      'keywords',
      `Remainderkey Affiliationhall Genrekey Editionkey 9780141439518 ${whole} Имярек`,
      'nowhere Philips2',
    ),
  },
  { name: 'MMS ID', index: 'mms-id', ...values('mms-id', [whole], [`${whole}1`, '101234567']) },
  {
    name: 'MMS ID',
    index: 'mms-id',
    zone: 'IZ',
    ...values('mms-id', [whole, linked], [plain]),
    found: [linked],
  },
  {
    name: 'Title',
    index: 'title',
    ...words('title', titleWords, 'responsibilitykey Mainperson Oldseriesname Notekey Contentname'),
  },
  {
    name: 'Creator',
    index: 'creator',
    ...words(
      'creator',
      'Mainperson Lady 1775 pupil Janequalifier Affiliationhall Maincorporation Mainconference Addedperson Addedcorporation Addedconference Имярек',
      'Subjectperson responsibilitykey Addedkey editor',
    ),
  },
  {
    name: 'Names',
    index: 'names',
    ...words(
      'names',
      'Mainperson Subjectperson Addedcorporation Oldseriesname Предмет',
      'Properkey responsibilitykey Congresssubject',
    ),
  },
  {
    name: 'Serial title',
    index: 'serial-title',
    ...words('serial-title', 'Serialkey online', 'Properkey Untracedkey'),
  },
  {
    name: 'Uniform title',
    index: 'uniform-title',
    ...words(
      'uniform-title',
      'Uniformone Uniformtwo Uniformthree Uniformsubject Uniformlocal Uniformadded Uniformseries',
      'Properkey Translatedkey',
    ),
  },
  {
    name: 'Subjects',
    index: 'subjects',
    ...words('subjects', 'Subjectperson Congresssubject Medicalsubject Othersubject', 'Mainperson Notekey'),
  },
  {
    name: 'Subjects (LC)',
    index: 'lc-subjects',
    ...words('lc-subjects', 'Subjectperson Congresssubject', 'Medicalsubject Othersubject'),
  },
  {
    name: 'Subjects (MeSH)',
    index: 'mesh-subjects',
    ...words('mesh-subjects', 'Medicalsubject', 'Congresssubject Othersubject'),
  },
  {
    name: 'LC Control Number',
    index: 'lccn',
    ...values('lccn', ['98012345', '98-54321'], ['98099999', 'ms68004321']),
  },
  {
    name: 'OCLC Control Number (035a)',
    index: 'oclc-035a',
    ...values('oclc-035a', ['111222', '(OCoLC)ocn000111222'], ['333444', '555666']),
  },
  {
    name: 'OCLC Control Number (035a+z)',
    index: 'oclc-035az',
    ...values('oclc-035az', ['111222', 'ocm333444'], ['555666']),
  },
  {
    name: 'OCLC Control Number (019)',
    index: 'oclc-019',
    ...values('oclc-019', ['555666'], ['111222', '333444']),
  },
  {
    name: 'Other System Number',
    index: 'other-system-number',
    ...values(
      'other-system-number',
      ['(VENDOR)77-1', '(vendor)77-2', '(VENDOR) 77-3', '(OCoLC)111222', '333444', '555666'],
      ['(OTHER)77-1', '9780141439518', '101234567'],
    ),
  },
  {
    name: 'ISBN',
    index: 'isbn',
    ...values('isbn', ['0-14-143951-3', '9780141439587'], ['9780141439600', '00280836']),
  },
  {
    name: 'ISSN',
    index: 'issn',
    ...values('issn', ['0028-0836', '20411723', '0140-6736', '0099-5355'], ['1476-4687', '0959-8138']),
  },
  {
    name: 'Linking ISSN',
    index: 'linking-issn',
    ...values('linking-issn', ['1476-4687', '0959-8138'], ['0028-0836', '2041-1723']),
  },
  {
    name: 'Standard Number',
    index: 'standard-number',
    ...values(
      'standard-number',
      [
        '98012345',
        'ms68004321',
        '98054321',
        'GB1234567',
        '101234567',
        'EU781596',
        '9780141439587',
        '0959-8138',
        '1476-4687',
        '10.1000/182',
        'METPRO/CB/TR--74/216',
        '438 953-2',
        'natuas',
        '1004-E',
        'Y 4.Ag 8/2',
      ],
      ['111222', '(VENDOR)77-1', 'Philips'],
    ),
  },
  {
    name: 'National Bibliography Number',
    index: 'national-bibliography-number',
    ...values('national-bibliography-number', ['gb 1234567', 'GB7654321'], ['101234567', '98012345']),
  },
  { name: 'Publication year', index: 'year', ...values('year', ['1815'], ['1870']) },
  {
    name: 'Additional publication year',
    index: 'additional-year',
    ...values('additional-year', ['1870'], ['1815']),
  },
  { name: 'Language', index: 'language', ...values('language', ['eng', 'gre'], ['rus']) },
  { name: 'Country of publication', index: 'country', ...values('country', ['gr'], ['fr']) },
  {
    name: 'Material type',
    index: 'resource-type',
    ...values('alma.mms_material_type', ['Book'], ['map']),
    found: [whole, plain],
  },
  {
    name: 'Resource type',
    index: 'resource-type',
    ...values('resource-type', ['book'], ['journal']),
    found: [whole, plain],
  },
  {
    name: 'Source record ID',
    index: 'source-record-id',
    ...words('source-record-id', 'HOLD4711 hold4711', 'Zeronine 438'),
  },
  { name: 'Local field 009', index: 'local-009', ...words('local-009', 'Zeronine', 'HOLD4711 Notekey') },
  {
    name: 'Local field 090',
    index: 'local-090',
    zone: 'IZ',
    ...words('local-090', 'Shelfkey', 'Codekey'),
    found: [own],
  },
  {
    name: 'Local field 590',
    index: 'local-590',
    zone: 'IZ',
    ...words('local-590', 'Giftkey', 'Activated Notekey'),
    found: [linked],
  },
  {
    name: 'Local field 690',
    index: 'local-690',
    zone: 'IZ',
    ...words('local-690', 'Localsubject', 'Congresssubject'),
    found: [own],
  },
  {
    name: 'Local field 949',
    index: 'local-949',
    zone: 'IZ',
    ...words('local-949', 'Codekey', 'Shelfkey'),
    found: [own],
  },
  {
    name: 'Barcode',
    index: 'barcode',
    zone: 'IZ',
    ...values('barcode', ['3100'], ['310', '3300']),
    found: [linked],
  },
  {
    name: 'Permanent call number',
    index: 'call-number',
    zone: 'IZ',
    ...values('call-number', ['pr4034 .e5', 'PR40*'], ['.E5']),
    found: [linked],
  },
  {
    name: 'Library',
    index: 'library',
    zone: 'IZ',
    ...values('library', ['main'], ['stacks']),
    found: [linked],
  },
  {
    name: 'Location',
    index: 'location',
    zone: 'IZ',
    ...values('location', ['stacks'], ['main']),
    found: [linked],
  },
  {
    name: 'Permanent physical location',
    index: 'location',
    zone: 'IZ',
    entity: 'physical-items',
    ...values('alma.permanentPhysicalLocation', ['desk'], ['LAW']),
    found: ['23100000025801'],
  },
  { name: 'Tag Suppressed (Title)', index: 'suppressed', ...values('suppressed', ['yes'], []) },
  {
    name: 'Tag Suppressed (Title)',
    index: 'suppressed',
    ...values('suppressed', ['no'], []),
    found: [plain],
  },
  {
    name: 'Tag Sync External Catalog',
    index: 'publish-to-oclc',
    ...values('publish-to-oclc', ['holdings-only', 'Publish holdings only'], ['do-not-publish']),
  },
  {
    name: 'Tag Sync External Catalog',
    index: 'publish-to-oclc',
    ...values('publish-to-oclc', ['publish'], []),
    found: [plain],
  },
  { name: 'Brief level', index: 'brief-level', ...values('brief-level', ['3'], ['4']) },
  {
    name: 'Cataloging level',
    index: 'encoding-level',
    ...values('encoding-level', ['7', 'minimal level'], ['8']),
  },
  {
    name: 'Cataloging level',
    index: 'encoding-level',
    ...values('encoding-level', ['#', 'full level'], ['i']),
    found: [plain],
  },
  {
    name: 'Is linked',
    index: 'linked',
    zone: 'IZ',
    ...values('linked', ['yes'], []),
    found: [linked, activated],
  },
  { name: 'Is linked', index: 'linked', zone: 'IZ', ...values('linked', ['no'], []), found: [own] },
  {
    name: 'Linked Institution',
    index: 'linked-zone',
    zone: 'IZ',
    ...values('linked-zone', ['Network'], []),
    found: [linked],
  },
  {
    name: 'Linked Institution',
    index: 'linked-zone',
    zone: 'IZ',
    ...values('linked-zone', ['community'], []),
    found: [activated],
  },
  {
    name: 'Originating system',
    index: 'originating-system',
    ...values('originating-system', ['ybp'], ['Philips']),
  },
  { name: 'Creation date', index: 'created', ...values('created', ['2024-05-06'], ['2024-05-07']) },
  { name: 'Created by', index: 'created-by', ...values('created-by', ['Maria'], ['mari', 'Mainperson']) },
  {
    name: 'Modification date',
    index: 'changed',
    finds: ['changed < 2024-05-07'],
    misses: ['changed < 2024-05-06'],
  },
  { name: 'Modified by', index: 'changed-by', ...values('changed-by', ['maria'], ['somebody']) },
  { name: 'Open access', index: 'open-access', ...values('open-access', ['yes'], []) },
  { name: 'Open access', index: 'open-access', ...values('open-access', ['no'], []), found: [plain] },
  {
    name: 'Open access',
    index: 'open-access',
    zone: 'IZ',
    ...values('open-access', ['yes'], []),
    found: [linked],
  },
  {
    name: 'Availability',
    index: 'portfolio-availability',
    zone: 'IZ',
    ...values('portfolio-availability', ['available'], []),
    found: [own],
  },
  {
    name: 'Availability',
    index: 'portfolio-availability',
    zone: 'IZ',
    entity: 'electronic-portfolios',
    ...values('portfolio-availability', ['Not available'], []),
    found: ['53100000025801'],
  },
  {
    name: 'Base status',
    index: 'item-status',
    zone: 'IZ',
    ...values('item-status', ['Item in place'], ['on-order']),
    found: [linked],
  },
]

for (const [name, rows] of Map.groupBy(names, (each) => each.name)) {
  test(`${name} finds what it says, and nothing else`, async () => {
    for (const { index, zone = 'NZ', entity = 'all-titles', finds, misses, found = [whole] } of rows) {
      const find = async (query: string) => {
        const asked = { ...readWording({ query, entity }), sort: 'oldest' as const, after: null, limit: 50 }
        return (await search(db, await getZone(db, zone), asked)).ids
      }
      assert.equal(findIndex(index)?.code, index)
      for (const query of finds) assert.deepEqual(await find(query), found, query)
      for (const query of misses) assert.deepEqual(await find(query), [], query)
    }
  })
}

test('each local tag is an index of its own; those that OCLC fills in its exports are none', () => {
  const tags = searchIndexes.flatMap(({ code }) => /^local-(.+)$/.exec(code)?.[1] ?? [])
  const decades = ['009', ...['09', '59', '69'].flatMap(tenOf), ...tenOf('9').flatMap(tenOf)]
  const oclc = ['936', '938', '948', '994']
  assert.deepEqual(
    tags,
    decades.filter((tag) => !oclc.includes(tag)),
  )
})

function tenOf(start: string): string[] {
  return Array.from({ length: 10 }, (_, digit) => `${start}${digit}`)
}
