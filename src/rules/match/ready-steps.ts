import type { MatchSettings, MultiStep } from '../import-profile.ts'
import { canAsk } from './comparison.ts'
import { type LookedUp, type Lookup, lookupsFor } from './lookup.ts'
import { type MatchMethod, type MatchStep, matchMethod } from './match-methods.ts'

/** A step of a match method for one record: what it looks up, and how what is found is judged. */
export type ReadyStep = {
  readonly name: string
  readonly lookups: readonly Lookup[]
  readonly step: MatchStep
  readonly sameCarrier: boolean
}

/** The method that a profile matches a record by; `serial` as D12 has it. */
export const methodFor = (match: MatchSettings, isSerial: boolean): MatchMethod =>
  matchMethod(isSerial && match.serial !== undefined ? match.serial : match.method)

/** Whether a method compares more than keys, so that features of a record have to be worked out. */
export const asksFeatures = ({ code, steps }: MatchMethod, { steps: rows = [] }: MatchSettings): boolean =>
  code === multiStep
    ? rows.some((row) => row.method !== multiStep && matchMethod(row.method).steps.some(stepAsks))
    : steps.some(stepAsks)

const multiStep = 'multi-step'

const stepAsks = ({ agree, weighs, lookups }: MatchStep): boolean =>
  agree !== undefined || weighs === true || lookups.some(({ kind }) => kind === '024-source')

/** The steps of a method for a record, in the order in which they are tried. */
export function readySteps(
  method: MatchMethod,
  match: MatchSettings,
  record: LookedUp & { readonly isSerial: boolean },
): ReadyStep[] {
  if (method.code !== multiStep) return method.steps.map((step) => readyStep(method, step, step.name, record))
  return (match.steps ?? []).flatMap((row) => {
    if (!isFor(row, record.isSerial) || row.method === multiStep) return []
    const of = matchMethod(row.method)
    return of.steps.map((step) => readyStep(of, step, `${of.name}: ${step.name}`, record, row.prefix))
  })
}

const isFor = (row: MultiStep, isSerial: boolean): boolean =>
  row.for === 'all' || (row.for === 'serial') === isSerial

function readyStep(
  { sameCarrier }: MatchMethod,
  step: MatchStep,
  name: string,
  record: LookedUp,
  prefix?: string,
): ReadyStep {
  const { features } = record
  const isAsked = step.agree === undefined || (features !== null && canAsk(step.agree, features))
  return { name, lookups: isAsked ? lookupsFor(step, record, prefix) : [], step, sameCarrier }
}
