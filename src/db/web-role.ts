import type { Database } from './database.ts'
import { errorCode } from './errors.ts'
import { webRole } from './hold-connection.ts'

/**
 * Sees to it that requests can run as their role. Migrations make it, but a role is of the server and not of the
 * database: one that was restored on another server lacks it, or what it may do.
 *
 * @throws with how it is made by hand, where the login may not
 */
export async function prepareWebRole(db: Database): Promise<void> {
  try {
    await db.transaction(async (tx) => {
      await tx.execute(`set local role ${webRole}`)
      await tx.query('select from zone limit 1')
    })
  } catch (error) {
    // There is no such role; or it may not be taken on, or may not read.
    if (errorCode(error) !== '22023' && errorCode(error) !== '42501') throw error
    await db.query('select make_web_role()')
  }
}
