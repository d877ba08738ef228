import { leaseOwner } from '../../import/dead-lease.ts'
import { type ReplayBy, submitReplay } from '../../import/replay.ts'
import { personHere } from '../../people/person-here.ts'
import { dataOption, withCatalogue } from '../catalogue.ts'
import { command } from '../command.ts'
import { UsageFailure } from '../failure.ts'
import type { Io } from '../io.ts'
import { printEnd } from '../job-end.ts'
import { readProfile } from '../profile/read-profile.ts'
import { runHere } from '../run-here.ts'
import { jobArgument } from './argument.ts'

export const jobReplay = command(
  {
    name: 'job replay',
    summary: 'Runs the files of a job anew by another profile, to see what would differ; nothing is changed.',
    about: [
      'By the present version of the profile of the job, unless an option says otherwise, and by the rule files of now. The catalogue is taken as the job saw it: what the job itself, and others after it, have made of the bibs plays no part.',
      'It is a job of its own: it can be cancelled and resumed, and accession job differences ID lists what would differ, record by record.',
    ],
    arguments: jobArgument,
    options: {
      'profile-version': { type: 'number', shown: 'N', least: 1, meaning: 'by that version of the profile' },
      profile: {
        type: 'text',
        shown: 'FILE',
        meaning:
          'by a profile that need not be saved, as accession profile apply takes it; - is standard input',
      },
      same: {
        type: 'flag',
        meaning: 'by the very profile and rule files of the job: what differs then is not of the rules',
      },
      json: { type: 'flag', meaning: 'print JSON' },
      data: dataOption,
    },
    json: 'one object, of the new job: { job, status, zone, profile, of_job, records, same, different, not_reached, by: { outcome, code, target, content, combined }, turns: [{ was: { outcome, code }, now: { outcome, code }, count }], seconds }',
  },
  async ({ job, 'profile-version': version, profile, same, json, data }, io) => {
    const by = await replayBy({ version, profile, same }, io)
    return withCatalogue(data, io, async (catalogue) => {
      const owner = leaseOwner()
      const submitted = await submitReplay(catalogue.db, job, by, personHere(), owner)
      const announce = `Job ${submitted.job} replays job ${job}.`
      return printEnd(await runHere(catalogue, io, submitted.job, { owner, announce }), json, io)
    })
  },
)

async function replayBy(
  given: {
    readonly version: number | undefined
    readonly profile: string | undefined
    readonly same: boolean
  },
  io: Io,
): Promise<ReplayBy> {
  const { version, profile, same } = given
  if ([version !== undefined, profile !== undefined, same].filter(Boolean).length > 1)
    throw new UsageFailure(
      'By what the job is to be replayed is said more than once.',
      'accession job replay ID [--profile-version N | --profile FILE | --same]',
    )
  if (same) return { same }
  if (profile !== undefined) return { draft: await readProfile(profile, io) }
  return version === undefined ? {} : { version }
}
