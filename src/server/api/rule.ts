import { type Static, Type } from 'typebox'
import { ruleLimits } from '../../rules/language/rule-limits.ts'
import { ruleKinds } from '../../rules/language/rule.ts'
import { closed, list, nullable, Time, ZoneCode } from './shape.ts'

const RuleKind = Type.Enum([...ruleKinds], { title: 'RuleKind' })

const RuleCode = Type.String({ minLength: 1, maxLength: 100 })

const Version = Type.Integer({ minimum: 1, maximum: 2 ** 31 - 1 })

/** A rule that a zone's profiles may name, or a rule file of its own. */
export const Rule = Type.Object(
  {
    zone: Type.Union([ZoneCode, Type.Null()], {
      description: 'Whose it is; nothing for one that is built in.',
    }),
    kind: RuleKind,
    code: RuleCode,
    name: Type.String(),
    description: nullable(Type.String({ description: 'Of one that is built in.' })),
    version: nullable(Version),
    active: Type.Boolean({ description: 'Whether profiles may use it.' }),
    shared: Type.Boolean({ description: 'Whether other zones of the network may use it.' }),
    changedAt: nullable(Time),
    changedBy: nullable(Type.String()),
  },
  { ...closed, title: 'Rule' },
)
export type Rule = Static<typeof Rule>

export const Rules = list(Rule)

const RuleProblem = Type.Object(
  {
    severity: Type.Enum(['error', 'warning']),
    line: Type.Integer({ minimum: 1 }),
    column: Type.Integer({ minimum: 1, description: 'In UTF-16 units.' }),
    message: Type.String(),
  },
  { ...closed, title: 'RuleProblem' },
)

/** A test that a rule file carries, as it was run. */
const RuleTestResult = Type.Object(
  {
    name: Type.String(),
    line: Type.Integer({ minimum: 1 }),
    passed: Type.Boolean(),
    expected: list(Type.String()),
    got: list(
      Type.String({ description: 'A line of the record, or why the rule could not be carried out.' }),
    ),
  },
  { ...closed, title: 'RuleTestResult' },
)

const RuleVersion = Type.Object(
  {
    version: Version,
    name: Type.String(),
    active: Type.Boolean(),
    shared: Type.Boolean(),
    changedAt: Time,
    changedBy: nullable(Type.String()),
  },
  { ...closed, title: 'RuleVersion' },
)

const RuleUse = Type.Object(
  {
    zone: ZoneCode,
    by: Type.Enum(['profile', 'integration-profile', 'zone']),
    code: nullable(
      Type.String({ description: 'Of the profile; nothing where a zone takes its brief levels from it.' }),
    ),
    active: Type.Boolean(),
  },
  { ...closed, title: 'RuleUse' },
)

/** A rule in the list of all zones. */
const ListedRule = Type.Object(
  {
    ...Rule.properties,
    hasErrors: Type.Boolean({ description: 'Only one that is not active can have some.' }),
    usedBy: list(RuleUse),
  },
  { ...closed, title: 'ListedRule' },
)
export type ListedRule = Static<typeof ListedRule>

export const ListedRules = list(ListedRule)

export const WholeRule = Type.Object(
  {
    ...Rule.properties,
    text: Type.String({
      description: 'Of one that is built in: what it does, in the language of rule files.',
    }),
    problems: list(RuleProblem),
    tests: list(RuleTestResult),
    usedBy: list(RuleUse),
    versions: list(RuleVersion),
  },
  { ...closed, title: 'WholeRule' },
)
export type WholeRule = Static<typeof WholeRule>

const Text = Type.String({ maxLength: ruleLimits.file })

export const RuleDraft = Type.Object(
  {
    text: Text,
    name: Type.String({ minLength: 1, maxLength: 200 }),
    active: Type.Boolean(),
    shared: Type.Boolean(),
  },
  { ...closed, title: 'RuleDraft' },
)

export const RuleToCheck = Type.Object({ kind: RuleKind, text: Text }, { ...closed, title: 'RuleToCheck' })

export const CheckedRule = Type.Object(
  {
    problems: list(RuleProblem),
    formatted: nullable(Type.String({ description: 'The text in one form; nothing where it has an error.' })),
    tests: list(RuleTestResult),
  },
  { ...closed, title: 'CheckedRule' },
)

const Decided = {
  rule: nullable(Type.String({ description: 'The name of the rule that decided; nothing where none did.' })),
  line: nullable(Type.Integer({ minimum: 1 })),
}

const Severity = Type.Enum(['error', 'warning'])

export const RuleToTry = Type.Object(
  {
    kind: RuleKind,
    text: Text,
    record: Type.String({
      maxLength: 500_000,
      description:
        'MARCXML, MARC-in-JSON or mnemonic text, of which the first record is taken; or a field a line, as `245 10 $a Emma`. Of a merge the incoming one.',
    }),
    existing: Type.Optional(Type.String({ maxLength: 500_000, description: 'Of a merge, which needs it.' })),
  },
  { ...closed, title: 'RuleToTry' },
)

export const TriedRule = Type.Object(
  {
    problems: list(RuleProblem),
    tried: nullable(
      Type.Object(
        {
          failed: nullable(
            Type.Object({ line: nullable(Type.Integer({ minimum: 1 })), why: Type.String() }, closed),
          ),
          changes: list(
            Type.Object(
              {
                line: nullable(
                  Type.Integer({ minimum: 1, description: 'Of the text; nothing where no line decided.' }),
                ),
                what: Type.Enum(['added', 'removed', 'changed', 'replaced', 'kept', 'left']),
                before: nullable(Type.String()),
                after: nullable(Type.String()),
                why: nullable(Type.String()),
              },
              closed,
            ),
          ),
          record: nullable(list(Type.String({ description: 'A field a line, the leader first.' }))),
          indication: nullable(Type.Object({ value: Type.Boolean(), ...Decided }, closed)),
          briefLevel: nullable(
            Type.Object({ level: Type.Integer({ minimum: 1, maximum: 10 }), ...Decided }, closed),
          ),
          messages: nullable(
            list(
              Type.Object(
                {
                  code: Type.String(),
                  field: nullable(Type.String()),
                  before: Severity,
                  after: Type.Enum(['error', 'warning', 'off']),
                },
                closed,
              ),
            ),
          ),
        },
        closed,
      ),
    ),
  },
  { ...closed, title: 'TriedRule', description: 'Nothing was tried where the text has an error.' },
)

export const RuleListQuery = Type.Object({ kind: Type.Optional(RuleKind) }, closed)
export const RuleParams = Type.Object({ zone: ZoneCode, kind: RuleKind, code: RuleCode }, closed)
export const RuleQuery = Type.Object({ version: Type.Optional(Version) }, closed)
