import { endDeadLease, leaseOwner } from '../../import/dead-lease.ts'
import { resumeJob } from '../../import/control-job.ts'
import { dataOption, withCatalogue } from '../catalogue.ts'
import { command } from '../command.ts'
import { summaryShape } from '../import.ts'
import { printEnd } from '../job-end.ts'
import { runHere } from '../run-here.ts'
import { jobArgument } from './argument.ts'

export const jobResume = command(
  {
    name: 'job resume',
    summary: 'Goes on with a cancelled, paused, failed or killed job, here.',
    about: ['It goes on after the last record that is in the ledger: nothing is done twice.'],
    arguments: jobArgument,
    options: { json: { type: 'flag', meaning: 'print JSON' }, data: dataOption },
    json: `as import: ${summaryShape}`,
  },
  ({ job, json, data }, io) =>
    withCatalogue(data, io, async (catalogue) => {
      const { db, isEmbedded } = catalogue
      if (isEmbedded) await endDeadLease(db, job)
      const owner = leaseOwner()
      await resumeJob(db, job, owner)
      const announce = `Job ${job} goes on.`
      return printEnd(await runHere(catalogue, io, job, { owner, announce }), json, io)
    }),
)
