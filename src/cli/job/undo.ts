import { leaseOwner } from '../../import/dead-lease.ts'
import { submitUndo } from '../../import/follow-job.ts'
import { personHere } from '../../people/person-here.ts'
import { dataOption, withCatalogue } from '../catalogue.ts'
import { command } from '../command.ts'
import { printEnd } from '../job-end.ts'
import { runHere } from '../run-here.ts'
import { jobArgument } from './argument.ts'

export const jobUndo = command(
  {
    name: 'job undo',
    summary: 'Takes back what a job has done, as a new job.',
    about: [
      'What others have changed since stays. Where that cannot be told apart, or something hangs on a bib, the bib is left as it is and listed as a conflict (exit code 3).',
    ],
    arguments: jobArgument,
    options: { json: { type: 'flag', meaning: 'print JSON' }, data: dataOption },
    json: 'one object, of the new job: { job, status, zone, profile, of_job, records, undo: { removed, restored, merged, gone, conflict, nothing }, seconds }',
  },
  ({ job, json, data }, io) =>
    withCatalogue(data, io, async (catalogue) => {
      const owner = leaseOwner()
      const submitted = await submitUndo(catalogue.db, job, personHere(), owner)
      const announce = `Job ${submitted.job} takes back job ${job}.`
      return printEnd(await runHere(catalogue, io, submitted.job, { owner, announce }), json, io)
    }),
)
