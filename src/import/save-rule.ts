import type { Zone } from '../catalog/zone.ts'
import type { Database, Tx } from '../db/database.ts'
import { kindNames } from '../rules/kind-names.ts'
import { isRuleCode } from '../rules/language/rule-code.ts'
import { ruleLimits } from '../rules/language/rule-limits.ts'
import type { RuleKind, RuleProblem } from '../rules/language/rule.ts'
import { isShippedRule } from '../rules/shipped-rules.ts'
import { ImportRefusal } from './refusal.ts'
import { findRule, lockRules, type StoredRule } from './rule-file.ts'
import { readRule } from './rule-process.ts'
import { findRuleUses, type RuleUse } from './rule-use.ts'

/** A rule file as somebody wants it to be. */
export type RuleDraft = Pick<StoredRule, 'kind' | 'code' | 'name' | 'text' | 'active' | 'shared'>

/** A rule file with errors was to be used; every error with its line and column, and the warnings beside them. */
export class InvalidRule extends ImportRefusal {
  override name = 'InvalidRule'
  readonly problems: readonly RuleProblem[]

  constructor(kind: RuleKind, code: string, problems: readonly RuleProblem[]) {
    const errors = problems.filter(({ severity }) => severity === 'error')
    const [first] = errors
    super(
      'invalid',
      'INVALID_RULE',
      `The ${kindNames[kind]} ${code} has ${errors.length === 1 ? 'an error' : `${errors.length} errors`}${first ? `, in line ${first.line}, column ${first.column}: ${first.message}` : '.'}`,
      'Correct it; or save it as not active, to go on later.',
    )
    this.problems = problems
  }
}

/** What a save has done, and the rule file as it is now; after a trial as it was, and nothing where there was none. */
export type SavedRule = {
  readonly result: 'added' | 'changed' | 'unchanged'
  readonly rule: StoredRule | null
}

/**
 * Adds a rule file to a zone, or a version of one that it has. A save that changes nothing makes no
 * version. Two who save at once get a version each, one after the other. A trial refuses what a save would,
 * and writes nothing.
 *
 * @throws {InvalidRule} where it is to be active and has errors
 * @throws {ImportRefusal} where its code is none, or shipped; or it is in use, and would be lost to its users
 */
export async function saveRule(
  db: Database,
  zone: Zone,
  draft: RuleDraft,
  { by, isTrial = false }: { readonly by: string | null; readonly isTrial?: boolean },
): Promise<SavedRule> {
  refuseUnfit(draft)
  const { kind, code, text } = draft
  const problems = await readRule({ kind, text })
  if (draft.active && problems.some(({ severity }) => severity === 'error'))
    throw new InvalidRule(kind, code, problems)
  return db.transaction(async (tx) => {
    await lockRules(tx)
    const current = await findRule(tx, zone, kind, code)
    if (current && isSame(current, draft)) return { result: 'unchanged', rule: current }
    if (current) await refuseLoss(tx, zone, current, draft)
    const result = current ? 'changed' : 'added'
    if (isTrial) return { result, rule: current ?? null }
    await insertVersion(tx, zone, draft, (current?.version ?? 0) + 1, by)
    return { result, rule: (await findRule(tx, zone, kind, code)) ?? null }
  })
}

function refuseUnfit({ kind, code, name, text }: RuleDraft): void {
  if (!isRuleCode(code))
    throw new ImportRefusal(
      'invalid',
      'INVALID_CODE',
      `${code} is no code of a rule file.`,
      'Use up to 63 small letters, digits, hyphens, dots and underscores, a letter or digit first.',
    )
  if (isShippedRule(kind, code))
    throw new ImportRefusal(
      'conflict',
      'SHIPPED_RULE',
      `${code} is the code of a ${kindNames[kind]} that is part of Accession.`,
      'Choose another code.',
    )
  if (name.trim() === '')
    throw new ImportRefusal('invalid', 'NO_NAME', 'The rule file has no name.', 'Give it one, for people.')
  if (text.length > ruleLimits.file)
    throw new ImportRefusal(
      'invalid',
      'RULE_TOO_LARGE',
      `The rule file has ${text.length} characters; the limit is ${ruleLimits.file}.`,
      'Split it into several.',
    )
  if (`${name}${text}`.includes('\0'))
    throw new ImportRefusal(
      'invalid',
      'INVALID_TEXT',
      'The rule file has a character in it that no text may have (U+0000).',
      'Remove it; is the file in UTF-8?',
    )
}

const isSame = (current: StoredRule, draft: RuleDraft): boolean =>
  current.name === draft.name &&
  current.text === draft.text &&
  current.active === draft.active &&
  current.shared === draft.shared

/** One that runs cannot be taken from those who run by it. */
async function refuseLoss(tx: Tx, zone: Zone, current: StoredRule, draft: RuleDraft): Promise<void> {
  const isStopped = current.active && !draft.active
  const isWithdrawn = current.active && current.shared && !draft.shared
  if (!isStopped && !isWithdrawn) return
  const uses = await findRuleUses(tx, zone, current.kind, current.code)
  const losers = uses.filter((use) => use.active && (isStopped || use.zone !== zone.code))
  if (losers.length === 0) return
  throw new ImportRefusal(
    'conflict',
    'RULE_IN_USE',
    `The ${kindNames[current.kind]} ${current.code} is used by ${losers.map(useWords).join(', ')}.`,
    `Let them use another first; ${isStopped ? 'until then it stays active' : 'until then it stays shared'}.`,
  )
}

const useWords = ({ zone, by, code }: RuleUse): string =>
  by === 'zone'
    ? `zone ${zone}, for its brief levels`
    : `the ${by === 'profile' ? 'import' : 'integration'} profile ${code} of zone ${zone}`

async function insertVersion(
  tx: Tx,
  { zoneId }: Zone,
  { kind, code, name, text, active, shared }: RuleDraft,
  version: number,
  by: string | null,
): Promise<void> {
  await tx.execute(
    `update rule_file set is_current = false where zone_id = $1 and kind = $2 and code = $3 and is_current`,
    [zoneId, kind, code],
  )
  await tx.execute(
    `insert into rule_file (zone_id, kind, code, version, is_current, name, text, active, shared, changed_by)
     values ($1, $2, $3, $4, true, $5, $6, $7, $8, $9)`,
    [zoneId, kind, code, version, name, text, active, shared, by],
  )
}
