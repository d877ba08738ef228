import { listEvents } from '../../import/report.ts'
import { dataOption, withCatalogue } from '../catalogue.ts'
import { columns } from '../columns.ts'
import { command } from '../command.ts'
import { exitCodes } from '../exit-code.ts'
import { formatTime } from '../time.ts'
import { jobArgument } from './argument.ts'

export const jobEvents = command(
  {
    name: 'job events',
    summary: 'Lists what happened to a job, in its order.',
    arguments: jobArgument,
    options: { json: { type: 'flag', meaning: 'print JSON' }, data: dataOption },
    json: 'an array of { at, level, code, message }; level is note, warning or error',
  },
  ({ job, json, data }, io) =>
    withCatalogue(data, io, async ({ db }) => {
      const events = await listEvents(db, job)
      if (json) await io.json(events)
      else
        for (const line of columns(
          events.map(({ at, level, message }) => [formatTime(at), level === 'note' ? '' : level, message]),
        ))
          await io.line(line)
      return exitCodes.done
    }),
)
