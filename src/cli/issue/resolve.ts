import { resolveIssue } from '../../import/resolve-issue.ts'
import { personHere } from '../../people/person-here.ts'
import { dataOption, withCatalogue } from '../catalogue.ts'
import { command } from '../command.ts'
import { exitCodes } from '../exit-code.ts'
import { issueArgument } from './argument.ts'
import { issueRow } from './list.ts'

export const issueResolve = command(
  {
    name: 'issue resolve',
    summary: 'Settles an issue.',
    about: [
      'The record is imported as decided, or left out. Where there is one candidate, --into may be left out.',
      'combine makes the candidates one bib, as the profile combines bibs, and imports the record into it.',
    ],
    arguments: issueArgument,
    options: {
      as: {
        type: 'text',
        shown: 'DECISION',
        required: true,
        choices: ['merge', 'overlay', 'create', 'combine', 'discard'],
        meaning: 'what becomes of the record',
      },
      into: {
        type: 'text',
        shown: 'MMSID',
        meaning: 'the bib to merge into or to overlay, or that stays of several',
      },
      others: {
        type: 'text',
        shown: 'MMSID,…',
        meaning: 'with --as combine: which bibs go into it; by default all other candidates',
      },
      json: { type: 'flag', meaning: 'print JSON' },
      data: dataOption,
    },
    json: 'the object of issue list',
  },
  ({ issue: id, as, into, others, json, data }, io) =>
    withCatalogue(data, io, async ({ db, dataDir }) => {
      const decision = {
        as,
        by: personHere(),
        ...(into === undefined ? {} : { into }),
        ...(others === undefined ? {} : { others: others.split(',').map((mmsId) => mmsId.trim()) }),
      }
      const issue = await resolveIssue(db, dataDir, id, decision)
      if (json) await io.json(issueRow(issue))
      else
        await io.line(`Issue ${id} is settled: ${as}${issue.mmsId === null ? '' : `, bib ${issue.mmsId}`}.`)
      return exitCodes.done
    }),
)
