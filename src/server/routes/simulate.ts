import { getZone } from '../../catalog/zone.ts'
import { explainInProcess, simulateInProcess } from '../../import/explain-process.ts'
import type { Simulation as SimulationRun } from '../../import/simulate.ts'
import { ruleKinds } from '../../rules/language/rule.ts'
import {
  listOf,
  objectOf,
  oneOf,
  type Shape,
  type ShapeProblem,
  text,
  wholeNumber,
} from '../../rules/shape.ts'
import { ApiError } from '../api/error.ts'
import { Explanation, RecordExplanation, Simulation } from '../api/explanation.ts'
import { JobRecordParams } from '../api/job-record.ts'
import { ZoneParams } from '../api/zone.ts'
import type { App } from '../app.ts'
import type { ServerContext } from '../context.ts'
import { bodyUnchecked, parseDraft } from '../draft-profile.ts'
import { Refusal } from '../refusal.ts'

export function simulateRoutes(app: App, { db, dataDir, address }: ServerContext): void {
  app.post(
    '/api/zones/:zone/simulate',
    {
      config: { access: { may: 'zone.view', in: 'zone' } },
      schema: {
        tags: ['import'],
        summary: 'What every step of an import would make of a record; nothing is written',
        description:
          'By a profile of the zone, or by one that is sent along and nowhere saved. It takes 5 seconds at most; of several at once the last wait.',
        params: ZoneParams,
        body: Simulation,
        response: { 200: Explanation, '4xx': ApiError, '5xx': ApiError },
      },
      validatorCompiler: bodyUnchecked,
    },
    async ({ params, body }) => {
      const { code } = await getZone(db, params.zone)
      const simulated = await simulateInProcess({ address }, parseSimulation(code, body))
      if ('explanation' in simulated) return simulated.explanation
      const { problems } = simulated
      throw new Refusal(
        422,
        'INVALID_RULE',
        `The rules that were sent along have ${problems.length === 1 ? 'an error' : `${problems.length} errors`}.`,
        { problems },
      )
    },
  )

  app.get(
    '/api/jobs/:job/records/:file/:position/explanation',
    {
      config: { access: { may: 'zone.view', in: 'job' } },
      schema: {
        tags: ['import'],
        summary: 'How the outcome of a record came about, step by step, derived anew as it was then',
        description:
          'By the profile and the rule files of the job, against the bibs in the versions that it met.',
        params: JobRecordParams,
        response: { 200: RecordExplanation, '4xx': ApiError, '5xx': ApiError },
      },
    },
    ({ params: { job, file, position } }) => explainInProcess({ address }, dataDir, job, { file, position }),
  )
}

const isObject = (value: unknown): value is object => typeof value === 'object' && value !== null

/** A code, or a profile; of that `parseDraft` tells what is wrong. */
const profile: Shape = (value, path, problems) => {
  if (!isObject(value)) text()(value, path, problems)
}

const mostRules = 50

const simulationShape = objectOf(
  {
    record: text((record) => (record === '' ? 'must not be empty' : null)),
    encoding: oneOf(['text', 'base64']),
    profile,
    version: wholeNumber(1, 2147483647),
    rules: listOf(objectOf({ kind: oneOf(ruleKinds), code: text(), text: text() })),
    against: text((mmsId) =>
      /^99[0-9]{6,17}$/.test(mmsId) ? null : 'must be an MMS ID: 99 and 6 to 17 more digits',
    ),
  },
  ['encoding', 'version', 'rules', 'against'],
)

/** @throws {Refusal} with every fault and where it is */
function parseSimulation(zone: string, body: Simulation): SimulationRun {
  const problems: ShapeProblem[] = []
  simulationShape(body, '', problems)
  if (problems.length === 0) {
    const { rules = [], encoding, record, version, profile: by } = body
    if (rules.length > mostRules)
      problems.push({ path: 'rules', message: `has ${rules.length} rules; the limit is ${mostRules}` })
    if (encoding === 'base64' && !/^[A-Za-z0-9+/\s]+={0,2}\s*$/.test(record))
      problems.push({ path: 'record', message: 'is no base64' })
    if (version !== undefined && isObject(by))
      problems.push({ path: 'version', message: 'is for a profile that is named by its code' })
  }
  if (problems.length > 0) throw new Refusal(422, 'INVALID', 'The body is no simulation.', { problems })
  const { record, encoding = 'text', profile: by, version, rules = [], against } = body
  return {
    zone,
    record: encoding === 'base64' ? Buffer.from(record, 'base64') : record,
    profile: isObject(by)
      ? { draft: parseDraft(by, 'profile') }
      : { code: by, ...(version === undefined ? {} : { version }) },
    rules,
    ...(against === undefined ? {} : { against }),
  }
}
