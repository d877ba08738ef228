import type { JobReport } from '../../../server/api/job.ts'

export type UndoCounts = NonNullable<JobReport['undo']>
export type UndoResult = keyof UndoCounts

/** As the report lists them: what went back, what there was nothing to do for, what stands in the way. */
export const undoOrder = [
  'removed',
  'restored',
  'merged',
  'gone',
  'nothing',
  'conflict',
] as const satisfies readonly UndoResult[]

/** The sum that the report of an undo must hold: each record that there was to take back has one result. */
export function undoBalanceOf(
  undo: UndoCounts,
  { status, records, done }: Pick<JobReport, 'status' | 'records' | 'done'>,
) {
  const sum = undoOrder.reduce((total, result) => total + undo[result], 0)
  const whole = status === 'completed' ? (records ?? done) : done
  return { whole, missing: whole - sum }
}
