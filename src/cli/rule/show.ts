import type { Zone } from '../../catalog/zone.ts'
import type { Queryable } from '../../db/database.ts'
import { findRule, listRuleVersions, listVisibleCodes, type StoredRule } from '../../import/rule-file.ts'
import { findRuleUses } from '../../import/rule-use.ts'
import { kindNames } from '../../rules/kind-names.ts'
import { parseRuleFile } from '../../rules/language/parse-rule-file.ts'
import { type RuleKind, ruleKinds } from '../../rules/language/rule.ts'
import { nearest } from '../../rules/nearest.ts'
import { type ShippedRule, shippedRules } from '../../rules/shipped-rules.ts'
import { shippedText } from '../../rules/shipped-text.ts'
import { dataOption, withCatalogue } from '../catalogue.ts'
import { chooseZone, zoneOption } from '../choose.ts'
import { command } from '../command.ts'
import { exitCodes } from '../exit-code.ts'
import { CommandFailure } from '../failure.ts'
import type { Io } from '../io.ts'
import { style } from '../style.ts'
import { formatTime } from '../time.ts'
import { problemLines } from './problems.ts'

export const ruleShow = command(
  {
    name: 'rule show',
    summary: 'Shows a rule file of a zone, with who uses it and what is wrong with it.',
    about: [
      'The text is printed as it was saved, on stdout; all else goes to stderr. A built-in rule is shown as it would be written: a start for one of your own.',
    ],
    arguments: { code: { type: 'text', shown: 'CODE', meaning: 'the rule file' } },
    options: {
      zone: zoneOption,
      kind: {
        type: 'text',
        shown: 'KIND',
        required: true,
        choices: ruleKinds,
        meaning: 'what the rules are for',
      },
      version: { type: 'number', shown: 'N', meaning: 'as it was in a version; else as it is' },
      json: { type: 'flag', meaning: 'print JSON' },
      data: dataOption,
    },
    json: 'one object { zone, kind, code, name, version, active, shared, text, changed_at, changed_by, problems: [{ severity, line, column, message }], used_by: [{ zone, by, code, active }], versions: [{ version, active, shared, changed_at, changed_by }] }; by is profile, integration-profile or zone, the code that of the profile; of a built-in rule zone, version and changed_at are null',
  },
  ({ code, zone: zoneCode, kind, version, json, data }, io) =>
    withCatalogue(data, io, async ({ db }) => {
      const zone = await chooseZone(db, zoneCode)
      const shipped = shippedRules.find((each) => each.kind === kind && each.code === code)
      if (shipped) {
        await showShipped(shipped, json, io)
        return exitCodes.done
      }
      const rule = await chooseRule(db, zone, kind, code, version)
      const { problems } = parseRuleFile(kind, rule.text)
      const uses = await findRuleUses(db, zone, kind, code)
      if (json) {
        const { changedAt, changedBy, ...shown } = rule
        const versions = await listRuleVersions(db, zone, kind, code)
        await io.json({
          ...shown,
          changed_at: changedAt,
          changed_by: changedBy,
          problems,
          used_by: uses,
          versions: versions.map((each) => ({
            version: each.version,
            active: each.active,
            shared: each.shared,
            changed_at: each.changedAt,
            changed_by: each.changedBy,
          })),
        })
        return exitCodes.done
      }
      const state = `${rule.active ? 'active' : 'not active'}, ${rule.shared ? 'shared' : 'private'}`
      io.say(
        style.strong(
          `${rule.name}: ${kindNames[kind]} ${code} of zone ${zone.code}, version ${rule.version}`,
        ),
      )
      const by = rule.changedBy === null ? '' : ` by ${rule.changedBy}`
      io.say(`${state}; changed ${formatTime(rule.changedAt)}${by}`)
      const users = uses.map((use) => (use.code === null ? `zone ${use.zone}` : `${use.code} of ${use.zone}`))
      io.say(users.length === 0 ? 'used by no profile' : `used by ${users.join(', ')}`)
      for (const line of problemLines(code, problems)) io.say(line)
      await io.write(rule.text)
      return exitCodes.done
    }),
)

/** A built-in rule as it would be written; it has no zone, version or history. */
async function showShipped(rule: ShippedRule, json: boolean, io: Io): Promise<void> {
  const { kind, code, name, description } = rule
  const text = shippedText(kind, code) ?? ''
  if (json) {
    const nobody = { zone: null, version: null, changed_at: null, changed_by: null }
    const shown = { ...nobody, kind, code, name, active: true, shared: true, text }
    await io.json({ ...shown, problems: [], used_by: [], versions: [] })
    return
  }
  io.say(style.strong(`${name}: built-in ${kindNames[kind]} ${code}`))
  io.say(description)
  await io.write(text)
}

/** A rule file of the zone. @throws {CommandFailure} with the one that may have been meant */
export async function chooseRule(
  db: Queryable,
  zone: Zone,
  kind: RuleKind,
  code: string,
  version?: number,
): Promise<StoredRule> {
  const found = await findRule(db, zone, kind, code, version)
  if (found) return found
  const codes = await listVisibleCodes(db, zone, kind)
  const near = nearest(code, codes)
  throw new CommandFailure(
    version === undefined || !codes.includes(code)
      ? `Zone ${zone.code} has no ${kindNames[kind]} ${code}.`
      : `The ${kindNames[kind]} ${code} of zone ${zone.code} has no version ${version}.`,
    near === null || near === code
      ? `accession rule list --zone ${zone.code} shows them.`
      : `Did you mean ${near}?`,
  )
}
