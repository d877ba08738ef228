import type { Queryable, Tx } from '../db/database.ts'
import { getJobRow, isDry } from './job-row.ts'
import { ImportRefusal } from './refusal.ts'

/**
 * The same, with the job's row locked until the transaction ends: what is allowed stays allowed until it
 * has been done. Whoever else wants to change the job waits.
 */
export async function permissionsForChange(tx: Tx, job: number): Promise<Permissions> {
  await tx.query(`select from import_job where job_id = $1 for update`, [job])
  return permissions(tx, job)
}

export type Permissions = {
  readonly [what in 'canCommit' | 'canUndo' | 'canCancel' | 'canResume' | 'canReplay']: ImportRefusal | null
}

/** What may be done with a job now, and why not: nothing where it may. */
export async function permissions(db: Queryable, job: number): Promise<Permissions> {
  const row = await getJobRow(db, job)
  const [state] = await db.query<{ committed: number | null; undone: number | null; isDead: boolean }>(
    `select (select min(job_id) from import_job o where o.of_job_id = j.job_id and o.kind = 'commit') as committed,
            (select max(job_id) from import_job o where o.of_job_id = j.job_id and o.kind = 'undo' and o.status <> 'failed') as undone,
            coalesce(j.lease_until < now(), true) as "isDead"
     from import_job j where job_id = $1`,
    [job],
  )
  const no = (code: string, message: string, remedy: string) =>
    new ImportRefusal('conflict', code, message, remedy)
  const isOver = row.status === 'completed' || row.status === 'cancelled' || row.status === 'failed'
  const committed = state?.committed ?? null
  const undone = state?.undone ?? null
  return {
    canCommit:
      row.kind !== 'preview'
        ? no('NOT_A_PREVIEW', `Job ${job} is no preview.`, 'Only a preview can be committed.')
        : committed !== null
          ? no('COMMITTED', `Job ${committed} has committed this preview.`, `See job ${committed}.`)
          : row.status !== 'completed'
            ? no('NOT_COMPLETE', `The preview is ${row.status}.`, 'Let it finish first.')
            : null,
    canUndo:
      isDry(row.kind) || row.kind === 'undo'
        ? no(
            'NOTHING_TO_UNDO',
            `A job of kind ${row.kind} has changed nothing that could be taken back.`,
            'Undo the job that changed the catalogue.',
          )
        : undone !== null
          ? no('UNDONE', `Job ${undone} takes this job back already.`, `See job ${undone}.`)
          : !isOver
            ? no('NOT_COMPLETE', `The job is ${row.status}.`, 'Cancel it, or let it finish first.')
            : null,
    canCancel: isOver ? no('OVER', `The job is ${row.status}.`, 'There is nothing to cancel.') : null,
    canResume:
      row.status === 'completed'
        ? no('OVER', 'The job is complete.', 'There is nothing to resume.')
        : undone !== null
          ? no('UNDONE', `Job ${undone} takes this job back.`, 'Submit the files again.')
          : row.status === 'running' && state?.isDead === false
            ? no(
                'RUNNING',
                'The job is running.',
                'Another process has it; it is taken over by itself if that dies.',
              )
            : null,
    canReplay:
      row.kind === 'undo' || row.kind === 'replay'
        ? no('NOT_REPLAYED', `A job of kind ${row.kind} is not replayed.`, 'Replay the job that it is of.')
        : row.link !== null
          ? no(
              'NOT_REPLAYED',
              'A job over a list of bibs has no records of its own to replay.',
              'Preview it anew.',
            )
          : !isOver
            ? no('NOT_COMPLETE', `The job is ${row.status}.`, 'Cancel it, or let it finish first.')
            : null,
  }
}
