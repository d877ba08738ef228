import { connect, type ServerAddress } from '../db/database.ts'
import { nothing, type Reach, reachNow, withinScope } from '../db/scope.ts'
import { explainJobRecord, type RecordExplanation } from './explain-job-record.ts'
import type { RecordPlace } from './record-filter.ts'
import { inShortProcess, serveTasks } from './short-process.ts'
import { type Simulated, type Simulation, simulate } from './simulate.ts'

/*
 * Explanations for whoever waits for one at a screen, in a process with a connection of its own: the rules of
 * a record may take a while, and a rule that somebody tries may be any.
 */

type Task =
  | { readonly do: 'simulate'; readonly simulation: Simulation }
  | { readonly do: 'record'; readonly dataDir: string; readonly job: number; readonly place: RecordPlace }

/** Where the catalogue is. */
type At = { readonly address: ServerAddress | string }

/** A task, and what whoever asks for it reaches: the process holds its own connection to that. */
type Asked = At & { readonly task: Task; readonly reach: Reach }

const processName = 'explain'

const inProcess = <Result>({ address }: At, task: Task) =>
  inShortProcess<Asked, Result>(new URL(import.meta.url), processName, {
    address,
    task,
    reach: reachNow() ?? nothing,
  })

/** As `simulate`. @throws {ImportRefusal} as it does, and as `inShortProcess` */
export const simulateInProcess = (at: At, simulation: Simulation) =>
  inProcess<Simulated>(at, { do: 'simulate', simulation })

/** As `explainJobRecord`. @throws {ImportRefusal} as it does, and as `inShortProcess` */
export const explainInProcess = (at: At, dataDir: string, job: number, place: RecordPlace) =>
  inProcess<RecordExplanation>(at, { do: 'record', dataDir, job, place })

serveTasks<Asked, Simulated | RecordExplanation>(processName, ({ address, task, reach }) =>
  withinScope(reach, async () => {
    const db = connect(address, { max: 1, applicationName: 'accession explain' })
    try {
      return task.do === 'simulate'
        ? await simulate(db, task.simulation)
        : await explainJobRecord(db, task.dataDir, task.job, task.place)
    } finally {
      await db.close()
    }
  }),
)
