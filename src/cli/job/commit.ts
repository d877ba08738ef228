import { leaseOwner } from '../../import/dead-lease.ts'
import { submitCommit } from '../../import/follow-job.ts'
import { personHere } from '../../people/person-here.ts'
import { dataOption, withCatalogue } from '../catalogue.ts'
import { command } from '../command.ts'
import { summaryShape } from '../import.ts'
import { printEnd } from '../job-end.ts'
import { runHere } from '../run-here.ts'

export const jobCommit = command(
  {
    name: 'job commit',
    summary: 'Does exactly what a dry run showed, as a new job.',
    about: [
      'A record whose bib has changed since the dry run, so that it would come out differently, is left to a person: unresolved, with the code PREVIEW_DRIFTED.',
    ],
    arguments: { job: { type: 'number', shown: 'ID', meaning: 'number of the dry run' } },
    options: { json: { type: 'flag', meaning: 'print JSON' }, data: dataOption },
    json: `as import, of the new job: ${summaryShape}`,
  },
  ({ job, json, data }, io) =>
    withCatalogue(data, io, async (catalogue) => {
      const owner = leaseOwner()
      const submitted = await submitCommit(catalogue.db, job, personHere(), owner)
      const announce = `Job ${submitted.job} commits dry run ${job}.`
      return printEnd(await runHere(catalogue, io, submitted.job, { owner, announce }), json, io)
    }),
)
