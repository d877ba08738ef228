import { readFile } from 'node:fs/promises'
import { addZone, getZone, listZones, type Zone } from '../../catalog/zone.ts'
import type { Database } from '../../db/database.ts'
import { findProfile, saveProfile } from '../../import/profile.ts'
import { findRule } from '../../import/rule-file.ts'
import { type RuleDraft, saveRule } from '../../import/save-rule.ts'
import type { ImportProfile } from '../../rules/import-profile.ts'
import { shippedProfile } from '../../rules/profiles.ts'
import { defaultProtect } from '../../rules/merge/protect.ts'
import { addDemoLibraries } from './stock.ts'

/*
 * The consortium of the demo: invented libraries, and import profiles as the guide describes them.
 */

type DemoZone = Pick<Zone, 'code' | 'kind' | 'name' | 'suffix'>

const zones: readonly DemoZone[] = [
  { code: 'NZ', kind: 'network', name: 'Lantern Coast Library Network', suffix: '5816' },
  { code: 'SALT', kind: 'institution', name: 'Saltmarsh University', suffix: '5801' },
  { code: 'HERON', kind: 'institution', name: 'Heronsgate College', suffix: '5802' },
  { code: 'QUARRY', kind: 'institution', name: 'Quarry Hill Community College', suffix: '5803' },
  { code: 'CZ', kind: 'community', name: 'Common Shelf community zone', suffix: '5000' },
]

const members = zones.filter(({ kind }) => kind === 'institution').map(({ code }) => code)

const base = shippedProfile('repository')

const matching = (method: string, handling: 'automatic' | 'manual' = 'automatic') => ({
  ...base.match,
  method,
  handling,
})

type DemoRule = Pick<RuleDraft, 'kind' | 'code' | 'name'>

/** The network's rule files, which its members may use; their texts are in rules/, under their codes. */
const rules: readonly DemoRule[] = [
  { kind: 'normalize', code: 'hybrid-rda', name: 'Older records get what RDA records have' },
  { kind: 'merge', code: 'subjects-join', name: 'Subjects join, and what a member has added stays' },
  { kind: 'indication', code: 'for-children', name: 'Books for children' },
]

/** In each zone, the profiles that its vendors' files are loaded by. */
const profiles: Readonly<Record<string, readonly ImportProfile[]>> = {
  NZ: [
    {
      ...base,
      code: 'oclc-batch',
      name: 'OCLC batch: records by OCLC number',
      description: 'Batches exported from Connexion for the whole network.',
    },
    {
      ...base,
      code: 'collection-manager',
      name: 'WorldCat Collection Manager: updates and deletes',
      description: 'Newer versions of what the network has; nothing is added.',
      match: matching('024-035'),
      onMatch: { ...base.onMatch, action: 'overlay', olderVersion: 'ignore-originating-system' },
      onNoMatch: 'do-not-import',
      deletes: 'delete',
    },
    {
      ...base,
      code: 'vendor-records',
      name: 'Book vendors: never a briefer record',
      description: 'Approval plans. Subjects join those that the bib has; books for children are left out.',
      originatingSystem: 'vendor',
      filter: { rule: 'for-children' },
      normalize: [...base.normalize, { do: 'rule', rule: 'hybrid-rda' }],
      match: matching('isbn-024-035'),
      onMatch: { ...base.onMatch, mergeRule: 'subjects-join' },
    },
  ],
  SALT: [
    {
      ...base,
      code: 'ebooks',
      name: 'E-book vendor, in the network zone',
      description: 'The bib goes to the network; the library gets a bib linked to it.',
      useNetworkZone: true,
      originatingSystem: 'MeRID',
    },
    {
      ...base,
      code: 'shelf-ready',
      name: 'Tidewater Books, shelf-ready: with items',
      description: 'Each 949 is an item; the vendor’s codes of library and shelf become ours.',
      useNetworkZone: true,
      originatingSystem: 'TWB',
      inventory: {
        operations: 'physical',
        physical: {
          make: 'holdings-and-items',
          policy: 'advanced',
          itemField: '949',
          library: { field: '949', subfield: 'l', map: { marsh: 'MAIN', tidewater: 'SCI' } },
          location: {
            field: '949',
            subfield: 's',
            map: { stacks: 'STACKS', reserve: 'RESERVE' },
            default: 'STACKS',
          },
          bibCallNumber: 'on-new',
          item: {
            barcode: { field: '949', subfield: 'b' },
            policy: { field: '949', subfield: 'p' },
            description: { field: '949', subfield: 'v' },
            receivedOn: { field: '949', subfield: 'd' },
            materialType: { default: 'book' },
          },
        },
        removeFields: ['949'],
      },
    },
    {
      ...base,
      code: 'ebook-access',
      name: 'E-book vendor, with portfolios',
      description: 'As the other one, and each title can be opened at once.',
      useNetworkZone: true,
      originatingSystem: 'MeRID',
      inventory: {
        operations: 'electronic',
        electronic: {
          portfolios: 'each',
          url: { field: '856', subfield: 'u' },
          skipIndicators: ['2'],
          activate: true,
          publicNote: { field: '856', subfield: 'z' },
          materialType: { default: 'book' },
        },
      },
    },
    {
      ...base,
      code: 'local',
      name: 'Special collections: local records',
      description: 'What only this library has. A bib linked to the network is not changed from here.',
      originatingSystem: 'SALT',
      match: matching('fuzzy'),
    },
  ],
  HERON: [
    { ...base, code: 'repository', name: 'Records from the former system', originatingSystem: 'HERON' },
    {
      ...base,
      code: 'gifts',
      name: 'Gifts: each match decided by hand',
      description: 'Short records typed at the gift desk; what is new comes in by itself.',
      originatingSystem: 'HERON',
      match: matching('fuzzy', 'manual'),
    },
    {
      ...base,
      code: 'tape',
      name: 'Old tapes, read with every repair',
      originatingSystem: 'HERON',
      reading: 'lossy',
      match: matching('fuzzy'),
    },
    {
      ...base,
      code: 'tape-strict',
      name: 'Old tapes, read strictly',
      description: 'Refuses what the other one repairs.',
      originatingSystem: 'HERON',
      reading: 'strict',
      match: matching('fuzzy'),
    },
  ],
  QUARRY: [
    { ...base, code: 'repository', name: 'Repository: records as they come', originatingSystem: 'QUARRY' },
    {
      ...base,
      code: 'streaming',
      name: 'Streaming films: only new ones',
      description: 'What is there stays as it is; what the vendor withdraws is suppressed.',
      originatingSystem: 'SILVR',
      onMatch: { ...base.onMatch, action: 'do-not-import' },
      deletes: 'suppress',
      tags: { suppress: null, publishToOclc: { set: 'do-not-publish', when: 'new' } },
    },
  ],
}

/**
 * Makes the zones, libraries, rule files and profiles of the demo in an empty catalogue; in one that has them, nothing.
 *
 * @throws {Error} for people, where the catalogue is not the demo's: it is left alone
 */
export async function setUpConsortium(db: Database): Promise<void> {
  await db.transaction(async (tx) => {
    await tx.query(`select pg_advisory_xact_lock(hashtext('accession set-up'))`)
    const there = await listZones(tx)
    const missing = zones.filter(
      ({ code, name }) => !there.some((zone) => zone.code === code && zone.name === name),
    )
    // A demo that was made before there was a community zone in it gets one.
    if (there.length > 0 && missing.some(({ kind }) => kind !== 'community'))
      throw new Error(
        'This catalogue is not the demo’s, and stays as it is. Start without --demo, or name another data directory with --data.',
      )
    for (const zone of missing)
      await addZone(tx, {
        ...zone,
        ...(zone.kind === 'institution' ? { network: 'NZ' } : {}),
        settings: {
          protect: { ...defaultProtect, members },
          // The profile by which bibs are shared with the network; the demo has none of the default's code.
          ...(zone.kind === 'network' ? { shareProfile: 'oclc-batch' } : {}),
        },
      })
  })
  await addDemoLibraries(db)
  const network = await getZone(db, 'NZ')
  for (const { kind, code, name } of rules) {
    if (await findRule(db, network, kind, code)) continue
    const text = await readFile(new URL(`rules/${code}.rule`, import.meta.url), 'utf8')
    await saveRule(db, network, { kind, code, name, text, active: true, shared: true }, { by: null })
  }
  for (const [code, wanted] of Object.entries(profiles)) {
    const zone = await getZone(db, code)
    for (const profile of wanted)
      if ((await findProfile(db, zone, profile.code)) === undefined)
        await saveProfile(db, zone, profile, null)
  }
}
