import { getZoneById, type Zone } from '../catalog/zone.ts'
import type { Queryable } from '../db/database.ts'
import { compiledProfile } from '../rules/compiled-profile.ts'
import type { ImportProfile, RunProfile } from '../rules/import-profile.ts'
import { kindNames } from '../rules/kind-names.ts'
import type { RuleKind, RuleText } from '../rules/language/rule.ts'
import { rulesNamedBy } from '../rules/named-rules.ts'
import { nearest } from '../rules/nearest.ts'
import { UnusableRule } from '../rules/ready-rule.ts'
import { isShippedRule, shippedRules } from '../rules/shipped-rules.ts'
import { exceptionLinesOf } from '../rules/validation/profile-exceptions.ts'
import { ImportRefusal } from './refusal.ts'
import { findVisibleRules, listVisibleCodes, type StoredRule } from './rule-file.ts'

/**
 * A profile of a zone as a job runs by it now: with the texts of the rule files that it names, and the
 * brief-level rule of the zone that its bibs are in (D21). Of several files of one code the zone's own goes
 * before the network's, and that before those of other members; and before all of them `drafts`, which are
 * nowhere saved.
 *
 * @throws {ImportRefusal} naming each rule that there is none of, or that is not active; or one that cannot be read any more
 */
export async function resolveProfile(
  db: Queryable,
  zone: Zone,
  profile: ImportProfile,
  drafts: readonly RuleText[] = [],
): Promise<RunProfile> {
  const bibZone =
    profile.useNetworkZone && zone.networkZoneId !== null ? await getZoneById(db, zone.networkZoneId) : zone
  const named = rulesNamedBy(profile).filter(
    ({ kind, code }) =>
      !isShippedRule(kind, code) && !drafts.some((draft) => draft.kind === kind && draft.code === code),
  )
  const own = drafts.filter(({ kind }) => kind !== 'brief-level')
  const rules = [...own, ...(await findActive(db, zone, named))]
  const briefDraft = drafts.find(({ kind }) => kind === 'brief-level')
  const briefRule = briefDraft ?? (await findBriefRule(db, bibZone))
  const run = {
    ...profile,
    rules: briefRule === null ? rules : [...rules, briefRule],
    briefRule: briefRule?.code ?? null,
  }
  refuseUnreadable(run)
  return run
}

/** Texts are saved as active by what could read them then: another version of the program may see it otherwise. */
function refuseUnreadable(run: RunProfile): void {
  try {
    compiledProfile(run)
    exceptionLinesOf(run)
  } catch (error) {
    if (!(error instanceof UnusableRule)) throw error
    throw new ImportRefusal('conflict', 'INVALID_RULE', error.message, 'Correct it, and save it again.')
  }
}

/** The rule for the brief levels of a zone's bibs; nothing where it is the shipped one. @throws {ImportRefusal} where it cannot be used */
export async function findBriefRule(db: Queryable, zone: Zone): Promise<RuleText | null> {
  const { briefRule: code } = zone.settings
  if (code === undefined || isShippedRule('brief-level', code)) return null
  const [rule] = await findActive(db, zone, [{ kind: 'brief-level', code, path: null }])
  return rule ?? null
}

/** A rule that is named somewhere: in a profile, at `path`. */
type Wanted = { readonly kind: RuleKind; readonly code: string; readonly path: string | null }

async function findActive(db: Queryable, zone: Zone, wanted: readonly Wanted[]): Promise<RuleText[]> {
  if (wanted.length === 0) return []
  const found = await findVisibleRules(db, zone, wanted)
  const rules = new Map<string, RuleText>()
  const missing: { readonly wanted: Wanted; readonly inactive: StoredRule | undefined }[] = []
  for (const each of wanted) {
    const rule = found.find(({ kind, code }) => kind === each.kind && code === each.code)
    if (rule?.active === true) rules.set(`${rule.kind} ${rule.code}`, textOf(rule))
    else missing.push({ wanted: each, inactive: rule })
  }
  if (missing.length > 0) throw await unusable(db, zone, missing)
  return [...rules.values()]
}

const textOf = ({ kind, zone, code, version, text }: StoredRule): RuleText => ({
  kind,
  zone,
  code,
  version,
  text,
})

async function unusable(
  db: Queryable,
  zone: Zone,
  missing: readonly { readonly wanted: Wanted; readonly inactive: StoredRule | undefined }[],
): Promise<ImportRefusal> {
  const messages: string[] = []
  const remedies = new Set<string>()
  for (const {
    wanted: { kind, code, path },
    inactive,
  } of missing) {
    const at = path === null ? '' : `${path}: `
    if (inactive) {
      messages.push(`${at}the ${kindNames[kind]} ${code} of zone ${inactive.zone} is not active.`)
      remedies.add(`Activate ${code}, once it has no errors.`)
      continue
    }
    const known = await listVisibleCodes(db, zone, kind)
    const shipped = shippedRules.flatMap((rule) => (rule.kind === kind ? [rule.code] : []))
    const codes = [...known, ...shipped]
    const near = nearest(code, codes)
    messages.push(`${at}there is no ${kindNames[kind]} ${code} that zone ${zone.code} may use.`)
    remedies.add(
      near === null
        ? `There ${codes.length === 1 ? 'is' : 'are'} ${codes.join(', ') || 'none yet'}; accession rule apply adds one.`
        : `Did you mean ${near}?`,
    )
  }
  const [first] = missing
  const code = first?.inactive ? 'RULE_INACTIVE' : 'NO_SUCH_RULE'
  return new ImportRefusal('conflict', code, capital(messages.join(' ')), [...remedies].join(' '))
}

const capital = (text: string): string =>
  /^(the|there) /.test(text) ? text.slice(0, 1).toUpperCase() + text.slice(1) : text
