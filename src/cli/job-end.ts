import type { JobReport } from '../import/report.ts'
import { type ExitCode, exitCodes } from './exit-code.ts'
import { type Io, readOrNot } from './io.ts'
import { summaryOf } from './job-json.ts'
import { reportText } from './job-text.ts'
import { oneLine } from './plain.ts'

/** Prints the report of a job that was run here, and answers the exit code that it comes to. */
export async function printEnd(report: JobReport, json: boolean, read: Io): Promise<ExitCode> {
  const io = readOrNot(read)
  if (json) {
    await io.json(summaryOf(report))
    if (report.reason !== null) io.say(`Job ${report.job} is ${report.status}: ${report.reason}`)
    for (const { name, notMarc } of report.fileList)
      if (notMarc !== null && report.reason?.includes(notMarc) !== true)
        io.say(`${oneLine(name)}: ${notMarc}`)
  } else await io.line(reportText(report))
  return endCode(report)
}

/** A file that is no MARC file is an error even where others were imported. */
function endCode({ status, kind, atImport, undo, fileList }: JobReport): ExitCode {
  if (status === 'cancelled') return exitCodes.cancelled
  if (status !== 'completed' || fileList.some(({ notMarc }) => notMarc !== null)) return exitCodes.error
  // What a replay did not decide waits for nobody.
  if (kind === 'replay') return exitCodes.done
  if (atImport.rejected > 0) return exitCodes.rejected
  return atImport.unresolved > 0 || (undo?.conflict ?? 0) > 0 ? exitCodes.unresolved : exitCodes.done
}
