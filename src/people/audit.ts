import type { Queryable } from '../db/database.ts'
import { beyondScope } from '../db/scope.ts'
import type { Actor } from './permissions.ts'

/** One request that could change something. */
export type AuditEntry = {
  readonly id: number
  readonly at: string
  readonly who: string
  readonly address: string | null
  readonly zone: string | null
  /** As `POST /api/zones/:zone/linked-bibs`. */
  readonly action: string
  /** What stood in the places of the pattern, as `mmsId 99…`; of people who is meant, and what they are given. */
  readonly target: string | null
  /** The HTTP status of the answer; nothing while there is none. */
  readonly status: number | null
}

export type AuditedRequest = Pick<AuditEntry, 'address' | 'zone' | 'action' | 'target'> & {
  readonly requestId: string
}

/** Notes a request before it is carried out, whoever asks; the number is for `closeAudit`. */
export async function openAudit(
  db: Queryable,
  actor: Pick<Actor, 'name' | 'personId' | 'apiKeyId'>,
  request: AuditedRequest,
): Promise<number> {
  const { address, zone, action, target, requestId } = request
  const [row] = await beyondScope(() =>
    db.query<{ id: number }>(
      `insert into audit (who, person_id, by_key, address, zone_code, action, target, request_id)
       values ($1, $2, $3, $4, $5, $6, $7, $8) returning audit_id as id`,
      [actor.name, actor.personId, actor.apiKeyId, address, zone, action, target, requestId],
    ),
  )
  if (!row) throw new Error('an entry of the audit trail came to no row')
  return row.id
}

/** Notes how a request was answered, and what it was about where its address does not say it. */
export const closeAudit = (
  db: Queryable,
  id: number,
  status: number,
  target: string | null,
): Promise<number> =>
  beyondScope(() =>
    db.execute(`update audit set status = $2, target = coalesce($3, target) where audit_id = $1`, [
      id,
      status,
      target,
    ]),
  )

/** Newest first, of the zones given; and of no zone, but for what was done by those, or as those, who work in other zones alone. */
export const listAudit = (
  db: Queryable,
  zones: readonly string[],
  { below = Number.MAX_SAFE_INTEGER, limit }: { readonly below?: number; readonly limit: number },
): Promise<AuditEntry[]> =>
  db.query<AuditEntry>(
    `with working as (
       select r.person_id, bool_or(z.code = any($1::text[])) as is_here
       from person_role r join zone z using (zone_id) group by r.person_id)
     select audit_id as id, at, who, address, zone_code as zone, action, target, status
     from audit left join working using (person_id)
     where (zone_code = any($1::text[]) or (zone_code is null and coalesce(is_here, true))) and audit_id < $2
     order by audit_id desc limit $3`,
    [zones, below, limit],
  )
