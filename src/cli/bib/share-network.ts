import { findBibPages } from '../../catalog/bib-page.ts'
import { type ShareOption, type SharePreview, previewShare } from '../../import/share-preview.ts'
import { shareBib, undoShare } from '../../import/share-one.ts'
import { personHere } from '../../people/person-here.ts'
import { dataOption, withCatalogue } from '../catalogue.ts'
import { chooseZone, zoneOption } from '../choose.ts'
import { command } from '../command.ts'
import { diffJson, diffLines } from '../diff-text.ts'
import { exitCodes } from '../exit-code.ts'
import { CommandFailure } from '../failure.ts'
import { style } from '../style.ts'
import { tagWords } from '../tag-words.ts'
import { guardWords } from '../trace-text.ts'
import { bibArgument } from './argument.ts'
import { impactJson, impactLines, impactShape } from './impact.ts'

const json = { type: 'flag', meaning: 'print JSON' } as const

export const bibShare = command(
  {
    name: 'bib share',
    summary: 'Shares a bib of an institution with its network, or shows every way to do so.',
    about: [
      'Without --as nothing is written: what matches in the network, whom a change there would reach, and what each way would make of both bibs. With --as it is done: create contributes the bib as a new one, theirs leaves the network’s as it is, merge and overlay put ours into it by the network’s rule. Ours is linked to it then, and keeps its number and its local fields; what orders left never goes up.',
    ],
    arguments: bibArgument,
    options: {
      zone: zoneOption,
      as: {
        type: 'text',
        shown: 'WAY',
        choices: ['create', 'theirs', 'merge', 'overlay'],
        meaning: 'do it this way',
      },
      into: { type: 'text', shown: 'MMSID', meaning: 'the bib of the network, where several match' },
      with: {
        type: 'text',
        shown: 'MMSID',
        meaning: 'take that bib of the network as the match, whatever matching would find',
      },
      json,
      data: dataOption,
    },
    json: `one object; a preview { mms_id, zone, network, title, suppressed, publish_to_oclc, profile, method, local, refused, matches: [{ mms_id, title, by, impact }], options: [{ as, into, refused, diff, stays, lost, meets }] }, impact ${impactShape}; with --as { mms_id, zone, linked_mms_id, outcome, job, suppressed, publish_to_oclc }`,
  },
  ({ mmsId, zone: code, as, into, with: named, json: asJson, data }, io) =>
    withCatalogue(data, io, async ({ db, dataDir }) => {
      const zone = await chooseZone(db, code)
      const by = personHere()
      const preview = await previewShare(db, zone, {
        mmsId,
        by,
        ...(named === undefined ? {} : { with: named }),
      })
      if (as === undefined) {
        if (asJson) await io.json(previewJson(preview))
        else for (const line of previewLines(preview)) await io.line(line)
        return exitCodes.done
      }
      const option = chosen(preview, as, into)
      const shared = await shareBib(db, dataDir, {
        zone: code,
        mmsId,
        as: option.as,
        into: option.into,
        preview: option.preview,
        by,
      })
      const [bib] = await findBibPages(db, zone, [mmsId])
      if (!bib) throw new CommandFailure(`Bib ${mmsId} of zone ${code} is not there any more.`)
      if (asJson)
        await io.json({
          mms_id: mmsId,
          zone: code,
          linked_mms_id: shared.linkedMmsId,
          outcome: shared.outcome,
          job: shared.job,
          suppressed: bib.suppressed,
          publish_to_oclc: bib.publishToOclc,
        })
      else {
        const tags = tagWords(bib)
        await io.line(
          `Bib ${mmsId} of zone ${code} is linked to ${shared.linkedMmsId}, which is ${shared.outcome}.`,
        )
        if (tags !== '') await io.line(`It is still ${tags}.`)
        io.say(`To take it back: accession bib unshare ${mmsId} --zone ${code}`)
      }
      return exitCodes.done
    }),
)

export const bibUnshare = command(
  {
    name: 'bib unshare',
    summary: 'Takes back that a bib was shared with the network.',
    about: [
      'The bib is the institution’s own again, and the network’s is what it was; what others have changed since stays. What cannot be taken back is named (exit code 3).',
    ],
    arguments: bibArgument,
    options: { zone: zoneOption, json, data: dataOption },
    json: 'one object { mms_id, zone, job, of_job, result, conflicts }',
  },
  ({ mmsId, zone: code, json: asJson, data }, io) =>
    withCatalogue(data, io, async ({ db, dataDir }) => {
      const zone = await chooseZone(db, code)
      const { job, ofJob, result, conflicts } = await undoShare(db, dataDir, zone, mmsId, {
        by: personHere(),
      })
      if (asJson) await io.json({ mms_id: mmsId, zone: code, job, of_job: ofJob, result, conflicts })
      else {
        await io.line(`Job ${job} has taken back job ${ofJob}, which shared ${mmsId}: ${result}.`)
        for (const line of conflicts) await io.line(style.warn(line))
      }
      return conflicts.length > 0 ? exitCodes.unresolved : exitCodes.done
    }),
)

type Possible = ShareOption & { readonly preview: string }

/** @throws {CommandFailure} where the way is not one of the preview’s, or not possible */
function chosen(
  { options, refused }: SharePreview,
  as: ShareOption['as'],
  into: string | undefined,
): Possible {
  if (refused) throw new CommandFailure(refused.sentence, refused.remedy)
  const ways = options.filter((option) => option.as === as && (into === undefined || option.into === into))
  const [way, ...others] = ways
  if (!way)
    throw new CommandFailure(
      as === 'create'
        ? 'Bibs of the network match: ours is not contributed beside them.'
        : 'There is no such match.',
      `The ways are ${options.map((option) => [option.as, option.into ?? ''].join(' ').trim()).join(', ')}.`,
    )
  if (others.length > 0)
    throw new CommandFailure(
      'Several bibs of the network match.',
      `Say which by --into: ${ways.flatMap((option) => option.into ?? []).join(', ')}.`,
    )
  const { preview } = way
  if (preview !== null) return { ...way, preview }
  throw new CommandFailure(way.refused?.sentence ?? 'It is not possible.', way.refused?.remedy ?? '')
}

function previewLines(preview: SharePreview): string[] {
  const { mmsId, zone, network, title, profile, method, matches, more, options, local, refused } = preview
  const tags = tagWords(preview)
  const open = preview.lock ? [`It is open to ${preview.lock.holder} since ${preview.lock.since}.`] : []
  return [
    style.strong(`${mmsId}: ${title}`),
    ...(tags === '' ? [] : [`It is ${tags}.`]),
    ...open,
    `Looked for in ${network} by profile ${profile}${method ? `, ${method.name}` : ''}: ${matches.length === 0 ? 'no match' : `${matches.length + more} found`}.`,
    ...(local.length === 0 ? [] : ['Stays with the institution:', ...local.map((line) => `  ${line}`)]),
    ...(refused ? ['', ...refusedLines(refused)] : []),
    ...matches.flatMap((match) => [
      '',
      style.strong(`${match.mmsId}: ${match.title}`),
      ...(match.by.length === 0 ? [] : [`found by ${match.by.join(', ')}`]),
      ...impactLines(match.impact),
    ]),
    ...options.flatMap((option) => optionLines(option, mmsId, zone)),
  ]
}

const refusedLines = ({
  sentence,
  remedy,
  guard,
  problems,
}: NonNullable<ShareOption['refused']>): string[] => [
  style.warn(`${sentence} ${remedy}`),
  ...(guard ? [guardWords(guard)] : []),
  ...problems,
]

function optionLines(option: ShareOption, mmsId: string, zone: string): string[] {
  const { as, into, refused, diff, stays, lost, meets } = option
  const way = `accession bib share ${mmsId} --zone ${zone} --as ${as}${into === null ? '' : ` --into ${into}`}`
  if (refused) return ['', style.strong(way), ...refusedLines(refused)]
  return [
    '',
    style.strong(way),
    ...(as === 'theirs' ? [] : diffLines(diff)),
    ...(stays.length === 0 ? [] : ['Stays ours:', ...stays.map((line) => `  ${line}`)]),
    ...(lost.length === 0 ? [] : [style.warn('Lost to us:'), ...lost.map((line) => `  ${line}`)]),
    ...meets.map(({ zone: other, tags }) => style.warn(`${other} has local fields ${tags.join(', ')}.`)),
  ]
}

const previewJson = (preview: SharePreview) => ({
  mms_id: preview.mmsId,
  zone: preview.zone,
  network: preview.network,
  title: preview.title,
  suppressed: preview.suppressed,
  publish_to_oclc: preview.publishToOclc,
  profile: preview.profile,
  method: preview.method,
  local: preview.local,
  refused: preview.refused,
  matches: preview.matches.map(({ mmsId, title, by, impact }) => ({
    mms_id: mmsId,
    title,
    by,
    impact: impactJson(impact),
  })),
  options: preview.options.map(({ as, into, refused, diff, stays, lost, meets }) => ({
    as,
    into,
    refused,
    diff: diffJson(diff),
    stays,
    lost,
    meets,
  })),
})
