import { basename } from 'node:path'
import { leaseOwner } from '../../import/dead-lease.ts'
import { isMmsId } from '../../import/mms-id-list.ts'
import { storeFile, storeStream } from '../../import/store.ts'
import { submitLink } from '../../import/submit-link.ts'
import { personHere } from '../../people/person-here.ts'
import { dataOption, withCatalogue } from '../catalogue.ts'
import { chooseZone, zoneOption } from '../choose.ts'
import { command } from '../command.ts'
import { UsageFailure } from '../failure.ts'
import type { Io } from '../io.ts'
import { printEnd } from '../job-end.ts'
import { runHere } from '../run-here.ts'

export const jobLink = command(
  {
    name: 'job link',
    summary: 'Links a set of bibs of an institution to those of its network.',
    about: [
      'The bibs are the lines of a file, an MMS ID first in each, or are named one by one. Each is matched in the network as the network’s profile for sharing says. The record of a match stays as it is; the bib is linked to it, and keeps its number and its local fields. What several match, what is linked already and what is refused stays as it is, and is listed: accession job records ID.',
      'With --dry-run nothing is changed; accession job commit ID then does exactly what it showed. accession job undo ID takes it back.',
    ],
    arguments: {
      bibs: {
        type: 'list',
        shown: 'FILE|MMSID',
        meaning: 'a list of bibs (- is standard input), or their numbers',
      },
    },
    options: {
      zone: zoneOption,
      contribute: { type: 'flag', meaning: 'bibs that nothing in the network matches become new ones there' },
      method: { type: 'text', shown: 'CODE', meaning: 'match method in place of the profile’s' },
      'serial-method': { type: 'text', shown: 'CODE', meaning: 'match method of serials' },
      label: { type: 'text', shown: 'TEXT', meaning: 'shown in the list of jobs' },
      notes: { type: 'text', shown: 'TEXT', meaning: 'kept with the job' },
      'dry-run': { type: 'flag', meaning: 'say what would happen, and change nothing' },
      json: { type: 'flag', meaning: 'print JSON' },
      data: dataOption,
    },
    json: 'one object at the end: { job, status, zone, records, contribute, as, linked, contributed, multi_matched, already_linked, refused, codes: { CODE: n }, seconds }',
  },
  (
    { bibs, zone, contribute, method, 'serial-method': serial, label, notes, 'dry-run': dryRun, json, data },
    io,
  ) =>
    withCatalogue(data, io, async (catalogue) => {
      const { db, dataDir } = catalogue
      await chooseZone(db, zone)
      const owner = leaseOwner()
      const { job } = await submitLink(db, dataDir, {
        zone,
        list: await storeList(dataDir, bibs, io),
        contribute,
        dryRun,
        by: personHere(),
        owner,
        ...(method === undefined ? {} : { method }),
        ...(serial === undefined ? {} : { serial }),
        ...(label === undefined ? {} : { label }),
        ...(notes === undefined ? {} : { notes }),
      })
      const announce = `Job ${job.job} links bibs of zone ${zone} to those of zone ${job.bibZone}.`
      return printEnd(await runHere(catalogue, io, job.job, { owner, announce }), json, io)
    }),
)

async function storeList(
  dataDir: string,
  bibs: readonly string[],
  { input }: Io,
): Promise<{ readonly sha256: string; readonly name: string }> {
  if (bibs.every(isMmsId)) {
    const { sha256 } = await storeStream(dataDir, lines(bibs))
    return { sha256, name: 'MMS IDs' }
  }
  const [path, ...others] = bibs
  if (path === undefined || others.length > 0)
    throw new UsageFailure(
      'Name one file with a list of bibs, or MMS IDs alone.',
      'accession job link FILE --zone CODE',
    )
  const { sha256 } = await (path === '-' ? storeStream(dataDir, input) : storeFile(dataDir, path))
  return { sha256, name: path === '-' ? 'standard input' : basename(path) }
}

async function* lines(mmsIds: readonly string[]): AsyncGenerator<Uint8Array> {
  yield Buffer.from(mmsIds.map((mmsId) => `${mmsId}\n`).join(''))
}
