import { endDeadLease, leaseOwner } from '../../import/dead-lease.ts'
import { getJob } from '../../import/job.ts'
import { runJob } from '../../import/run-job.ts'
import { cancelJob } from '../../import/control-job.ts'
import { dataOption, withCatalogue } from '../catalogue.ts'
import { command } from '../command.ts'
import { exitCodes } from '../exit-code.ts'
import { jobRow } from '../job-json.ts'
import { jobArgument } from './argument.ts'

export const jobCancel = command(
  {
    name: 'job cancel',
    summary: 'Stops a job after the batch in hand; what is done stays.',
    about: ['A cancelled job can be resumed or undone.'],
    arguments: jobArgument,
    options: { json: { type: 'flag', meaning: 'print JSON' }, data: dataOption },
    json: 'the object of job list; status is running until the batch in hand is done',
  },
  ({ job, json, data }, io) =>
    withCatalogue(data, io, async ({ db, dataDir, isEmbedded }) => {
      if (isEmbedded) await endDeadLease(db, job)
      const asked = await cancelJob(db, job)
      // One that died under its process has nobody to hear: taken up here, it ends at once.
      if (asked.status === 'running') await runJob(db, dataDir, String(job), { owner: leaseOwner() })
      const now = await getJob(db, job)
      if (json) await io.json(jobRow(now))
      else
        await io.line(
          now.status === 'running'
            ? `Job ${job} stops after the batch in hand.`
            : `Job ${job} is ${now.status}.`,
        )
      return exitCodes.done
    }),
)
