import { listConflicts, type UndoConflict } from '../../import/report.ts'
import { getJob } from '../../import/job.ts'
import { dataOption, withCatalogue } from '../catalogue.ts'
import { command } from '../command.ts'
import { exitCodes } from '../exit-code.ts'
import { jobArgument } from './argument.ts'

export const jobConflicts = command(
  {
    name: 'job conflicts',
    summary: 'Lists what an undo could not take back, and why.',
    arguments: { job: { ...jobArgument.job, meaning: 'number of the undo' } },
    options: { json: { type: 'flag', meaning: 'print JSON' }, data: dataOption },
    json: 'one object a line: { file, position, mms_id, conflicts: [words] }',
  },
  ({ job, json, data }, io) =>
    withCatalogue(data, io, async ({ db }) => {
      await getJob(db, job)
      let last: UndoConflict | undefined
      for (;;) {
        const rows = await listConflicts(db, job, { ...(last ? { after: last } : {}), limit: page })
        for (const { file, position, mmsId, conflicts } of rows) {
          if (json) await io.json({ file, position, mms_id: mmsId, conflicts })
          else await io.line(`${mmsId} (record ${position} of file ${file}): ${conflicts.join('; ')}`)
        }
        last = rows.at(-1)
        if (rows.length < page) return exitCodes.done
      }
    }),
)

const page = 1000
