import { getZone, getZoneById, type Zone } from '../catalog/zone.ts'
import type { Database } from '../db/database.ts'
import type { ImportProfile } from '../rules/import-profile.ts'
import { parseRuleFile } from '../rules/language/parse-rule-file.ts'
import { isRuleCode } from '../rules/language/rule-code.ts'
import type { RuleKind, RuleText } from '../rules/language/rule.ts'
import { rulesNamedBy } from '../rules/named-rules.ts'
import { isShippedRule } from '../rules/shipped-rules.ts'
import { explainRecord } from './explain.ts'
import type { Explanation } from './explanation.ts'
import { getProfile } from './profile-versions.ts'
import { frameOf } from './one-record.ts'
import { refuseInventory } from './inventory-refusal.ts'
import { ImportRefusal } from './refusal.ts'
import { resolveProfile } from './resolve-profile.ts'

/** What a record would come to in a zone by a profile, saved or not. */
export type Simulation = {
  readonly zone: string
  /** Any serialisation as bytes, or as text; a field a line as `recordOfText` takes it. */
  readonly record: string | Uint8Array
  readonly profile: { readonly code: string; readonly version?: number } | { readonly draft: ImportProfile }
  /** Rule files that need not be saved; they go before those that are. */
  readonly rules: readonly { readonly kind: RuleKind; readonly code: string; readonly text: string }[]
  /** The bib that is taken as the match, in place of what matching would find. */
  readonly against?: string
}

/** What is wrong with a rule that was sent along: `path` as `rules[0].text`, a place in it where it has one. */
export type SimulationProblem = {
  readonly path: string
  readonly message: string
  readonly line?: number
  readonly column?: number
}

export type Simulated =
  | { readonly explanation: Explanation }
  | { readonly problems: readonly SimulationProblem[] }

/** Milliseconds that one statement may take. */
const patience = 4000

/**
 * Carries out steps 1 to 4 for one record, by looking alone: the transaction can write nothing.
 *
 * @throws {ImportRefusal} where profile, rules or bib are not there, or there is no record
 */
export async function simulate(db: Database, simulation: Simulation): Promise<Simulated> {
  const zone = await getZone(db, simulation.zone)
  const profile = await profileOf(db, zone, simulation)
  const problems = simulation.rules.flatMap((rule, at) => problemsOf(rule, `rules[${at}]`, profile))
  if (problems.length > 0) return { problems }
  const drafts = simulation.rules.map((rule): RuleText => ({ ...rule, zone: zone.code, version: 0 }))
  const run = await resolveProfile(db, zone, profile, drafts)
  const bibZone =
    run.useNetworkZone && zone.networkZoneId !== null ? await getZoneById(db, zone.networkZoneId) : zone
  const { format, frame } = await frameOf(simulation.record)
  const { against } = simulation
  const explanation = await db.transaction(async (tx) => {
    await tx.execute(
      `set transaction isolation level repeatable read, read only; set local statement_timeout = ${patience}`,
    )
    if (against !== undefined) {
      const [bib] = await tx.query(`select from bib where zone_id = $1 and mms_id = $2`, [
        bibZone.zoneId,
        against,
      ])
      if (!bib)
        throw new ImportRefusal(
          'missing',
          'NO_SUCH_BIB',
          `There is no bib ${against} in zone ${bibZone.code}.`,
          'Name one that is there, or none, and let matching find one.',
        )
    }
    return explainRecord(
      tx,
      {
        profile: run,
        bibZone,
        inventoryZone: zone,
        by: null,
        job: null,
        mode: 'preview',
        ...(against === undefined ? {} : { against }),
      },
      format,
      frame,
    )
  })
  return { explanation }
}

async function profileOf(db: Database, zone: Zone, { profile }: Simulation): Promise<ImportProfile> {
  const found =
    'draft' in profile ? profile.draft : (await getProfile(db, zone, profile.code, profile.version)).profile
  refuseInventory(zone, found)
  if (!found.useNetworkZone || zone.networkZoneId !== null) return found
  throw new ImportRefusal(
    'conflict',
    'NO_NETWORK_ZONE',
    `The profile ${found.code} uses the network zone, and ${zone.code} belongs to none.`,
    'Choose an institution that belongs to a network, or another profile.',
  )
}

function problemsOf(
  { kind, code, text }: Simulation['rules'][number],
  path: string,
  profile: ImportProfile,
): SimulationProblem[] {
  if (!isRuleCode(code))
    return [{ path: `${path}.code`, message: 'must be small letters, digits, hyphens, dots or underscores' }]
  if (isShippedRule(kind, code))
    return [{ path: `${path}.code`, message: `${code} is part of the program; choose another code` }]
  if (
    kind !== 'brief-level' &&
    !rulesNamedBy(profile).some((named) => named.kind === kind && named.code === code)
  )
    return [{ path: `${path}.code`, message: `the profile names no rule ${code} of this kind` }]
  return parseRuleFile(kind, text)
    .problems.filter(({ severity }) => severity === 'error')
    .map(({ message, line, column }) => ({ path: `${path}.text`, message, line, column }))
}
