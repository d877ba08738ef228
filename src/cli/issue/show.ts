import { getIssue, type WholeIssue } from '../../import/issues.ts'
import { dataOption, withCatalogue } from '../catalogue.ts'
import { impactJson, impactLines } from '../bib/impact.ts'
import { columns } from '../columns.ts'
import { command } from '../command.ts'
import { exitCodes } from '../exit-code.ts'
import type { Io } from '../io.ts'
import { outcomeName } from '../outcome-words.ts'
import { recordLines } from '../record-text.ts'
import { style } from '../style.ts'
import { traceLines } from '../trace-text.ts'
import { issueArgument } from './argument.ts'
import { issueRow } from './list.ts'

export const issueShow = command(
  {
    name: 'issue show',
    summary: 'Shows an issue: why it is one, the record, and the bibs that it may be.',
    arguments: issueArgument,
    options: { json: { type: 'flag', meaning: 'print JSON' }, data: dataOption },
    json: 'one object: that of issue list, and sentence, remedy, trace, incoming (fields as text, or null), candidate_bibs: [{ mms_id, version, title, record, impact }]; impact is what accession bib impact prints',
  },
  ({ issue: id, json, data }, io) =>
    withCatalogue(data, io, async ({ db, dataDir }) => {
      const issue = await getIssue(db, dataDir, id)
      if (json) await io.json(issueJson(issue))
      else await print(issue, io)
      return exitCodes.done
    }),
)

/** An issue with everything about it. */
const issueJson = (issue: WholeIssue) => ({
  ...issueRow(issue),
  sentence: issue.sentence,
  remedy: issue.remedy,
  trace: issue.trace,
  incoming: issue.incoming && recordLines(issue.incoming),
  candidate_bibs: issue.candidateBibs.map(({ mmsId, version, title, record, impact }) => ({
    mms_id: mmsId,
    version,
    title,
    record: recordLines(record),
    impact: impactJson(impact),
  })),
})

async function print(issue: WholeIssue, io: Io): Promise<void> {
  const {
    id,
    zone,
    job,
    file,
    position,
    export: exported,
    outcome,
    code,
    sentence,
    remedy,
    title,
    trace,
    incoming,
  } = issue
  await io.line(style.strong(`Issue ${id}: ${title}`))
  const source =
    exported === null ? `job ${job}, file ${file}, record ${position}` : `export ${exported} of the gateway`
  await io.line(`Zone ${zone}, ${source}: ${outcomeName(outcome)} ${code}`)
  await io.line(sentence)
  if (remedy !== null) await io.line(remedy)
  if (trace !== null) for (const line of traceLines(trace)) await io.line(line)
  await io.line()
  if (incoming === null) await io.line('The record could not be read as MARC; its bytes are kept.')
  else for (const line of recordLines(incoming)) await io.line(line)
  for (const { mmsId, version, title: name, record, impact } of issue.candidateBibs) {
    await io.line()
    await io.line(style.strong(`Candidate ${mmsId}, version ${version}: ${name}`))
    for (const line of impactLines(impact)) await io.line(line)
    for (const line of recordLines(record)) await io.line(line)
  }
  await io.line()
  if (issue.resolution !== null) {
    await io.line(
      `Settled: ${issue.resolution}${issue.resolvedBy === null ? '' : `, by ${issue.resolvedBy}`}${issue.mmsId === null ? '' : `, bib ${issue.mmsId}`}`,
    )
    return
  }
  const [first] = issue.candidates
  const merges: [string, string][] =
    first === undefined
      ? []
      : [[`accession issue resolve ${id} --as merge --into ${first}`, 'the same title']]
  if (first !== undefined && issue.candidates.length > 1)
    merges.push([
      `accession issue resolve ${id} --as combine --into ${first}`,
      'the same title, and so are the bibs',
    ])
  for (const line of columns(
    [
      ...merges,
      [`accession issue resolve ${id} --as create`, 'a title of its own'] as const,
      [`accession issue resolve ${id} --as discard`, 'leave it out'] as const,
    ].map((step) => ['', ...step]),
  ))
    await io.line(line)
}
