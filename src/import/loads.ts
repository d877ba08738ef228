import type { Queryable } from '../db/database.ts'

/** A job that imported a file. */
export type Load = {
  readonly job: number
  readonly at: string
  readonly profile: string
  readonly zone: string
}

/** The latest jobs of these zones that imported these very bytes, newest first. Previews and undone jobs are left out, and those in which the file was no MARC file. */
export const listLoads = (db: Queryable, sha256: string, zones: readonly string[]): Promise<Load[]> =>
  db.query<Load>(
    `select j.job_id as job, j.submitted_at as at, j.profile_code as profile, z.code as zone
     from import_job j join zone z using (zone_id)
     where z.code = any($2) and j.kind in ('import', 'commit') and j.status <> 'cancelled'
       and exists (select from import_file f where f.job_id = j.job_id and f.sha256 = $1 and f.not_marc is null)
       and not exists (select from import_job u where u.of_job_id = j.job_id and u.kind = 'undo' and u.status = 'completed')
     order by j.job_id desc limit 10`,
    [sha256, zones],
  )
