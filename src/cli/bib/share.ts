import type { Tags } from '../../catalog/bib-tags.ts'
import { copyBib, linkBib, type NotShared, type SharedBib, unlinkBib } from '../../catalog/share-bib.ts'
import { findBriefLevels } from '../../import/brief-rule.ts'
import { personHere } from '../../people/person-here.ts'
import { dataOption, withCatalogue } from '../catalogue.ts'
import { chooseZone, zoneOption } from '../choose.ts'
import { command } from '../command.ts'
import { exitCodes } from '../exit-code.ts'
import { CommandFailure } from '../failure.ts'
import { tagWords } from '../tag-words.ts'
import { bibArgument } from './argument.ts'

const json = { type: 'flag', meaning: 'print JSON' } as const
const sharedJson =
  'one object { mms_id, zone, of, new, alike, suppressed, publish_to_oclc, theirs }; mms_id is the institution’s bib, new whether it was made now, alike its other bibs with the same OCLC number; suppressed and publish_to_oclc are of the institution’s bib, theirs { suppressed, publish_to_oclc } of the other’s'

const sharedArgument = {
  mmsId: { type: 'text', shown: 'MMSID', meaning: 'number of a bib of the network or of the community zone' },
} as const

export const bibLink = command(
  {
    name: 'bib link',
    summary: 'Links an institution to a bib of its network or of the community zone.',
    about: [
      'A linked bib is that record with the institution’s local fields; it changes when the record does.',
    ],
    arguments: sharedArgument,
    options: { zone: zoneOption, json, data: dataOption },
    json: sharedJson,
  },
  ({ mmsId, zone: code, json: asJson, data }, io) =>
    withCatalogue(data, io, async ({ db }) => {
      const shared = orFail(await linkBib(db, await chooseZone(db, code), mmsId, personHere()))
      if (asJson) await io.json(sharedOf(shared, code, mmsId))
      else {
        await io.line(
          `Bib ${shared.mmsId} of zone ${code} ${shared.isNew ? 'is' : 'was already'} linked to ${mmsId}.`,
        )
        for (const line of alikeLines(shared)) await io.line(line)
      }
      return exitCodes.done
    }),
)

export const bibCopy = command(
  {
    name: 'bib copy',
    summary: 'Copies a bib of the network or of the community zone into an institution.',
    about: ['The copy is the institution’s own, under a number of its own, with the other’s in 035.'],
    arguments: sharedArgument,
    options: { zone: zoneOption, json, data: dataOption },
    json: sharedJson,
  },
  ({ mmsId, zone: code, json: asJson, data }, io) =>
    withCatalogue(data, io, async ({ db }) => {
      const zone = await chooseZone(db, code)
      const maker = { by: personHere(), levels: await findBriefLevels(db, zone) }
      const shared = orFail(await copyBib(db, zone, mmsId, maker))
      if (asJson) await io.json(sharedOf(shared, code, mmsId))
      else {
        await io.line(`Bib ${shared.mmsId} of zone ${code} is a copy of ${mmsId}.`)
        for (const line of alikeLines(shared)) await io.line(line)
      }
      return exitCodes.done
    }),
)

export const bibUnlink = command(
  {
    name: 'bib unlink',
    summary: 'Makes a linked bib the institution’s own.',
    about: ['What it was linked to is copied into it, and its local fields stay.'],
    arguments: bibArgument,
    options: { zone: zoneOption, json, data: dataOption },
    json: 'one object { mms_id, zone, unlinked_from, suppressed, publish_to_oclc }',
  },
  ({ mmsId, zone: code, json: asJson, data }, io) =>
    withCatalogue(data, io, async ({ db }) => {
      const zone = await chooseZone(db, code)
      const maker = { by: personHere(), levels: await findBriefLevels(db, zone) }
      const { unlinkedFrom, suppressed, publishToOclc } = orFail(await unlinkBib(db, zone, mmsId, maker))
      if (asJson)
        await io.json({
          mms_id: mmsId,
          zone: code,
          unlinked_from: unlinkedFrom,
          suppressed,
          publish_to_oclc: publishToOclc,
        })
      else {
        await io.line(`Bib ${mmsId} of zone ${code} is its own, no more linked to ${unlinkedFrom}.`)
        for (const line of tagLines({ suppressed, publishToOclc })) await io.line(line)
      }
      return exitCodes.done
    }),
)

/** @throws {CommandFailure} in the words of the refusal */
function orFail<Done extends { readonly ok: true }>(result: Done | NotShared): Done {
  if (result.ok) return result
  throw new CommandFailure(result.message, result.remedy)
}

const sharedOf = (
  { mmsId, isNew, alike, suppressed, publishToOclc, theirs }: SharedBib,
  zone: string,
  of: string,
) => ({
  mms_id: mmsId,
  zone,
  of,
  new: isNew,
  alike,
  suppressed,
  publish_to_oclc: publishToOclc,
  theirs: { suppressed: theirs.suppressed, publish_to_oclc: theirs.publishToOclc },
})

const tagLines = (tags: Tags): string[] => (tagWords(tags) === '' ? [] : [`It is still ${tagWords(tags)}.`])

const alikeLines = ({ alike, theirs, ...own }: SharedBib): string[] => [
  ...tagLines(own),
  ...(tagWords(theirs) === '' ? [] : [`The other zone’s bib is ${tagWords(theirs)}.`]),
  ...(alike.length === 0 ? [] : [`The zone has the same OCLC number on ${alike.join(', ')} as well.`]),
]
