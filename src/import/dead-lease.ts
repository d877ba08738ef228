import { randomUUID } from 'node:crypto'
import { hostname } from 'node:os'
import type { Queryable } from '../db/database.ts'

/** A name for whoever takes leases in this process: the machine, the process, and what makes it unique. */
export const leaseOwner = (): string => `${hostname()}:${process.pid}:${randomUUID().slice(0, 8)}`

/**
 * Ends the lease of a process of this machine that is no more, so that nobody waits for it to run out.
 * Asked only where all who use the database are on this machine; the fence would stand between the two
 * even if the process lived.
 */
export async function endDeadLease(db: Queryable, job: number): Promise<void> {
  const [row] = await db.query<{ owner: string | null }>(
    `select lease_owner as owner from import_job where job_id = $1 and lease_until > now()`,
    [job],
  )
  const owner = row?.owner ?? ''
  const [host, pid] = owner.split(':')
  if (host !== hostname() || !/^\d+$/.test(pid ?? '') || isAlive(Number(pid))) return
  await db.execute(`update import_job set lease_until = now() where job_id = $1 and lease_owner = $2`, [
    job,
    owner,
  ])
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM'
  }
}
