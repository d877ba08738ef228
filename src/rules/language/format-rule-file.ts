import { formatMergeAction, formatNormalizeAction } from './format-action.ts'
import { formatCondition } from './format-condition.ts'
import { noNotes, type Notes } from './notes.ts'
import type { ExceptionLine, Place, Rule, RuleFile, RuleTest } from './rule.ts'

/**
 * A rule file as text: the one way to write what it says, so that two files that do the same differ in
 * nothing but names. Comments are not part of a rule file as data; `formatRuleText` hands over those of a text.
 */
export function formatRuleFile(file: RuleFile, notes: Notes = noNotes): string {
  const tests = file.tests.map((test) => [...notes.before(test.place), formatTest(test)].join('\n'))
  const last = notes.last.length === 0 ? [] : [notes.last.join('\n')]
  const blocks = [...formatRules(file, notes), ...tests, ...last]
  return blocks.length === 0 ? '' : `${blocks.join('\n\n')}\n`
}

function formatRules(file: RuleFile, notes: Notes): readonly string[] {
  switch (file.kind) {
    case 'normalize':
      return file.rules.map((rule) => formatRule(rule, notes, formatNormalizeAction))
    case 'merge':
      return file.rules.map((rule) => formatRule(rule, notes, formatMergeAction, 'merge'))
    case 'indication':
      return file.rules.map((rule) => formatRule(rule, notes, ({ to }) => `set indication."${to}"`))
    case 'brief-level':
      return file.rules.map((rule) =>
        formatRule(rule, notes, ({ level }) => `set brief_level."${formatLevel(level)}"`),
      )
    case 'exceptions':
      return file.rules.length === 0
        ? []
        : [file.rules.flatMap((line) => withNotes(formatExceptionLine(line), line.place, notes)).join('\n')]
  }
}

const withNotes = (text: string, place: Place | null, notes: Notes): readonly string[] => [
  ...notes.before(place),
  text + notes.behind(place),
]

function formatRule<Action extends { readonly place: Place | null }>(
  { name, priority, idempotent, when, actions, place }: Rule<Action>,
  notes: Notes,
  format: (action: Action) => string,
  condition: string = formatCondition(when),
): string {
  const body = actions.flatMap((action) => withNotes(format(action), action.place, notes))
  return [
    ...withNotes(`rule "${name}"`, place, notes),
    ...notes.head(place),
    ...(priority === null ? [] : [`priority ${priority}`]),
    ...(idempotent ? ['idempotent'] : []),
    'when',
    indent(condition),
    'then',
    ...[...body, ...notes.tail(place)].map(indent),
    `end${notes.end(place)}`,
  ].join('\n')
}

function formatExceptionLine({ code, tag, subfield, severity }: ExceptionLine): string {
  return `${code}${tag === null ? '' : ` ${tag}`}${subfield === null ? '' : ` $${subfield}`}: ${severity}`
}

function formatTest({ name, given, incoming, expect }: RuleTest): string {
  return [
    `test "${name}"`,
    'given',
    ...given.map(indent),
    ...(incoming === null ? [] : ['incoming', ...incoming.map(indent)]),
    ...formatExpect(expect),
    'end',
  ].join('\n')
}

function formatExpect(expect: RuleTest['expect']): readonly string[] {
  switch (expect.is) {
    case 'record':
      return ['expect', ...expect.lines.map(indent)]
    case 'messages':
      return ['expect messages', ...expect.lines.map(indent)]
    case 'indication':
      return [`expect indication."${expect.value}"`]
    case 'brief-level':
      return [`expect brief_level."${formatLevel(expect.level)}"`]
  }
}

const indent = (line: string): string => `  ${line}`
const formatLevel = (level: number): string => String(level).padStart(2, '0')
