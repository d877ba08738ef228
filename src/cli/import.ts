import { basename } from 'node:path'
import { leaseOwner } from '../import/dead-lease.ts'
import { listEvents } from '../import/report.ts'
import { type Stored, storeFile, storeStream } from '../import/store.ts'
import { submitJob } from '../import/submit.ts'
import { personHere } from '../people/person-here.ts'
import { dataOption, withCatalogue } from './catalogue.ts'
import { chooseProfile, chooseZone, zoneOption } from './choose.ts'
import { command } from './command.ts'
import type { Io } from './io.ts'
import { printEnd } from './job-end.ts'
import { oneLine } from './plain.ts'
import { runHere } from './run-here.ts'

export const summaryShape =
  'one object at the end: { job, status, zone, profile, files, records, outcomes: { created, merged, overlaid, unchanged, deleted, not_imported, filtered, unresolved, rejected }, codes: { CODE: n }, po_lines, holdings, items, portfolios, inventory_changed, inventory_removed, inventory_problems, headings, seconds }'

const importFiles = command(
  {
    name: 'import',
    summary: 'Imports files of MARC records into a zone by an import profile.',
    about: [
      'ISO 2709, MARCXML, MARC-in-JSON and MarcEdit text are told by their content; gzip, Zstandard and zip are unpacked. The files become one job, which runs here. Each record has exactly one outcome. The same file again changes nothing.',
      'With --dry-run nothing is changed: the report says what would become of each record, and accession job commit ID then does exactly that.',
      'Ctrl-C cancels the job after the batch in hand; what is done stays, and the job can be resumed or undone. A second Ctrl-C ends at once; the job can be resumed.',
    ],
    arguments: { files: { type: 'list', shown: 'FILE', meaning: 'files to import; - is standard input' } },
    options: {
      zone: zoneOption,
      profile: {
        type: 'text',
        shown: 'CODE',
        required: true,
        meaning: 'the import profile, as accession profile list has it',
      },
      label: { type: 'text', shown: 'TEXT', meaning: 'shown in the list of jobs' },
      notes: { type: 'text', shown: 'TEXT', meaning: 'kept with the job' },
      'dry-run': { type: 'flag', meaning: 'say what would happen, and change nothing' },
      json: { type: 'flag', meaning: 'print JSON' },
      data: dataOption,
    },
    json: summaryShape,
  },
  ({ files, zone, profile, label, notes, 'dry-run': dryRun, json, data }, io) =>
    withCatalogue(data, io, async (catalogue) => {
      const { db, dataDir } = catalogue
      // Before a large file is copied, not after.
      await chooseProfile(db, await chooseZone(db, zone), profile)
      const stored: { name: string; sha256: string }[] = []
      for (const path of files) {
        io.progress(`Reading ${path}`)
        const { sha256 } = await store(dataDir, path, io)
        stored.push({ name: path === '-' ? 'standard input' : basename(path), sha256 })
      }
      const owner = leaseOwner()
      const { job } = await submitJob(db, dataDir, {
        zone,
        profile,
        files: stored,
        kind: dryRun ? 'preview' : 'import',
        by: personHere(),
        owner,
        ...(label === undefined ? {} : { label }),
        ...(notes === undefined ? {} : { notes }),
      })
      for (const { message } of await listEvents(db, job.job)) io.say(oneLine(message))
      const announce = `Job ${job.job} in zone ${zone}, profile ${profile}`
      return printEnd(await runHere(catalogue, io, job.job, { owner, announce }), json, io)
    }),
)

const store = (dataDir: string, path: string, { input }: Io): Promise<Stored> =>
  path === '-' ? storeStream(dataDir, input) : storeFile(dataDir, path)

export const commands = [importFiles]
