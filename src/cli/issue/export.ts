import { getJob } from '../../import/job.ts'
import { originalBytes } from '../../import/original-records.ts'
import { dataOption, withCatalogue } from '../catalogue.ts'
import { counted } from '../columns.ts'
import { command } from '../command.ts'
import { exitCodes } from '../exit-code.ts'
import { outOption, withOut } from '../record-file.ts'

export const issueExport = command(
  {
    name: 'issue export',
    summary: 'Writes the rejected or unresolved records of a job as they came, byte for byte.',
    about: [
      'The file is in the format of the job’s files. A job of files in several formats is asked file by file.',
    ],
    arguments: {},
    options: {
      job: { type: 'number', shown: 'ID', required: true, meaning: 'the job' },
      outcome: {
        type: 'text',
        shown: 'OUTCOME',
        required: true,
        choices: ['rejected', 'unresolved'],
        meaning: 'which of them',
      },
      code: { type: 'text', shown: 'CODE', meaning: 'only those with a code' },
      file: { type: 'number', shown: 'N', meaning: 'only those of one file of the job' },
      out: outOption,
      data: dataOption,
    },
  },
  ({ job, outcome, code, file, out: path, data }, io) =>
    withCatalogue(data, io, async ({ db, dataDir }) => {
      const { outcomes } = await getJob(db, job)
      const filter = {
        outcome,
        ...(code === undefined ? {} : { code }),
        ...(file === undefined ? {} : { file }),
      }
      await withOut(path, io, async (out) => {
        for await (const bytes of originalBytes(db, dataDir, job, filter)) await out.write(bytes)
      })
      io.say(`Job ${job} has ${counted(outcomes[outcome], `${outcome} record`)}.`)
      return exitCodes.done
    }),
)
