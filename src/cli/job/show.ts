import { getReport } from '../../import/report.ts'
import { dataOption, withCatalogue } from '../catalogue.ts'
import { command } from '../command.ts'
import { exitCodes } from '../exit-code.ts'
import { reportJson } from '../job-json.ts'
import { reportText } from '../job-text.ts'
import { progressText } from '../run-here.ts'
import { jobArgument } from './argument.ts'

export const jobShow = command(
  {
    name: 'job show',
    summary: 'Shows the report of a job.',
    arguments: jobArgument,
    options: { json: { type: 'flag', meaning: 'print JSON' }, data: dataOption },
    json: 'one object: that of job list, and codes, repairs, po_lines, holdings, items, portfolios, inventory_changed and inventory_removed (of what was there), inventory_problems (records of whose inventory something was wrong), headings, imported, matched, discarded, duplicates_in_file, combined (bibs that became part of another), still_exist, now (the outcomes with what people have settled since), undo (of an undo: { removed, restored, merged, gone, conflict, nothing }), replay (of a replay: { same, different, not_reached, by, turns }), file_list: [{ file, name, entry, sha256, format, bytes, records, junk_bytes, not_marc }], may: { commit, undo, cancel, resume, replay }',
  },
  ({ job, json, data }, io) =>
    withCatalogue(data, io, async ({ db }) => {
      const report = await getReport(db, job)
      if (json) await io.json(reportJson(report))
      else {
        await io.line(reportText(report))
        if (report.status === 'running') io.say(progressText(report))
        if (report.waitingFor !== null) io.say(`It waits for ${report.waitingFor}.`)
      }
      return exitCodes.done
    }),
)
