import { findRule } from '../../import/rule-file.ts'
import { saveRule } from '../../import/save-rule.ts'
import { personHere } from '../../people/person-here.ts'
import { kindNames } from '../../rules/kind-names.ts'
import { parseRuleFile } from '../../rules/language/parse-rule-file.ts'
import { dataOption, withCatalogue } from '../catalogue.ts'
import { chooseZone, zoneOption } from '../choose.ts'
import { command } from '../command.ts'
import { exitCodes } from '../exit-code.ts'
import { UsageFailure } from '../failure.ts'
import { lineDiff } from '../line-diff.ts'
import { codeOf, kindOption, readRuleSource } from './kind.ts'
import { hasErrors, problemLines } from './problems.ts'

export const ruleApply = command(
  {
    name: 'rule apply',
    summary: 'Adds a rule file to a zone, or changes it; shows what changes.',
    about: [
      'A file with an error is refused, each error with its line and column; --inactive keeps it all the same, and nothing can use it. Every change is a version; jobs keep the one that they were submitted with.',
      'A shared rule file may be used by the other zones of the network.',
    ],
    arguments: { file: { type: 'text', shown: 'FILE', meaning: 'the rules; - is standard input' } },
    options: {
      zone: zoneOption,
      kind: kindOption,
      code: { type: 'text', shown: 'CODE', meaning: 'what profiles name it by; else the name of the file' },
      name: {
        type: 'text',
        shown: 'NAME',
        meaning: 'for people; else that which it has, or that of its first rule',
      },
      shared: { type: 'flag', meaning: 'let the other zones of the network use it' },
      private: { type: 'flag', meaning: 'let no other zone use it, as is so for a new one' },
      inactive: { type: 'flag', meaning: 'keep it, and let no profile use it' },
      'dry-run': { type: 'flag', meaning: 'show what would change, and change nothing' },
      json: { type: 'flag', meaning: 'print JSON' },
      data: dataOption,
    },
    json: 'one object { zone, kind, code, name, version, active, shared, result, problems: [{ severity, line, column, message }] }; result is added, changed, unchanged or refused; version is that after the change or, of a dry run or a refusal, before it (null for none)',
  },
  async (given, io) => {
    if (given.shared && given.private) throw new UsageFailure('It is --shared or --private, not both.', '')
    const { file, 'dry-run': dryRun, json } = given
    const { name: source, text, kind } = await readRuleSource(file, given.kind, io)
    const code = codeOf(file, given.code)
    const { file: rules, problems } = parseRuleFile(kind, text)
    return withCatalogue(given.data, io, async ({ db }) => {
      const zone = await chooseZone(db, given.zone)
      const current = await findRule(db, zone, kind, code)
      const [first] = rules !== null && rules.kind !== 'exceptions' ? rules.rules : []
      const draft = {
        kind,
        code,
        name: given.name ?? current?.name ?? first?.name ?? code,
        text,
        active: !given.inactive,
        shared: given.shared || (current?.shared === true && !given.private),
      }
      const isRefused = draft.active && hasErrors(problems)
      const { result, rule: saved } = isRefused
        ? { result: 'refused', rule: current }
        : await saveRule(db, zone, draft, { by: personHere(), isTrial: dryRun })
      if (json) {
        const { text: _text, ...shown } = draft
        await io.json({ zone: zone.code, ...shown, version: saved?.version ?? null, result, problems })
        return isRefused ? exitCodes.error : exitCodes.done
      }
      for (const line of problemLines(source, problems)) io.say(line)
      const what = `The ${kindNames[kind]} ${code} of zone ${zone.code}`
      if (isRefused) {
        io.say(`${what} was not saved: correct the errors, or keep it with --inactive.`)
        return exitCodes.error
      }
      for (const line of lineDiff(current?.text ?? '', text)) await io.line(line)
      const state = `${draft.active ? 'active' : 'not active'}, ${draft.shared ? 'shared' : 'private'}`
      const now = dryRun ? 'would be' : 'is'
      const version = dryRun || !saved ? '' : `, version ${saved.version}`
      await io.line(`${what} ${now} ${result}${version}: ${state}.`)
      return exitCodes.done
    })
  },
)
