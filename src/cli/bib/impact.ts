import { findImpact, type Impact, type ImpactedInstitution } from '../../inventory/impact.ts'
import { dataOption, withCatalogue } from '../catalogue.ts'
import { chooseZone, zoneOption } from '../choose.ts'
import { columns, counted } from '../columns.ts'
import { command } from '../command.ts'
import { exitCodes } from '../exit-code.ts'
import { tagWords } from '../tag-words.ts'
import { bibArgument, noSuchBib } from './argument.ts'

export const impactShape =
  '{ zone, mms_id, version, suppressed, publish_to_oclc, lock, institutions: [{ zone, name, mms_id, suppressed, publish_to_oclc, lock, local_tags, holdings, items, portfolios }], with_inventory }; lock is { holder, since } or null'

export const bibImpact = command(
  {
    name: 'bib impact',
    summary: 'Shows whom a change of a bib would reach: the institutions that are linked to it.',
    about: ['They see the change in the same moment; their local fields stay, beside what is new.'],
    arguments: bibArgument,
    options: { zone: zoneOption, json: { type: 'flag', meaning: 'print JSON' }, data: dataOption },
    json: `one object ${impactShape}`,
  },
  ({ mmsId, zone: code, json, data }, io) =>
    withCatalogue(data, io, async ({ db }) => {
      const zone = await chooseZone(db, code)
      const impact = await findImpact(db, zone, mmsId)
      if (!impact) throw await noSuchBib(db, zone, mmsId)
      if (json) await io.json(impactJson(impact))
      else for (const line of impactLines(impact)) await io.line(line)
      return exitCodes.done
    }),
)

/** Whom a change reaches, an institution a line. */
export function impactLines({ mmsId, institutions, withInventory, lock, ...bib }: Impact): string[] {
  const tags = tagWords(bib)
  return [
    ...(tags === '' ? [] : [`Bib ${mmsId} is ${tags}.`]),
    ...(lock ? [`Bib ${mmsId} is open to ${lock.holder} since ${lock.since}.`] : []),
    institutions.length === 0
      ? `No institution is linked to ${mmsId}.`
      : `${counted(institutions.length, 'institution is', 'institutions are')} linked to ${mmsId}, ${withInventory} with inventory:`,
    ...columns(institutions.map((one) => [`  ${one.zone}`, one.mmsId, institutionWords(one)])),
  ]
}

function institutionWords(one: ImpactedInstitution): string {
  const counts = (
    [
      [one.holdings, 'holdings record'],
      [one.items, 'item'],
      [one.portfolios, 'portfolio'],
    ] as const
  ).flatMap(([count, name]) => (count === 0 ? [] : [counted(count, name)]))
  const tags = tagWords(one)
  return [
    ...counts,
    one.localTags.length === 0 ? 'no local fields' : `local ${one.localTags.join(', ')}`,
    ...(tags === '' ? [] : [tags]),
    ...(one.lock ? [`open to ${one.lock.holder} since ${one.lock.since}`] : []),
  ].join('; ')
}

export const impactJson = (impact: Impact) => ({
  zone: impact.zone,
  mms_id: impact.mmsId,
  version: impact.version,
  suppressed: impact.suppressed,
  publish_to_oclc: impact.publishToOclc,
  lock: impact.lock,
  institutions: impact.institutions.map((one) => ({
    zone: one.zone,
    name: one.name,
    mms_id: one.mmsId,
    suppressed: one.suppressed,
    publish_to_oclc: one.publishToOclc,
    lock: one.lock,
    local_tags: one.localTags,
    holdings: one.holdings,
    items: one.items,
    portfolios: one.portfolios,
  })),
  with_inventory: impact.withInventory,
})
