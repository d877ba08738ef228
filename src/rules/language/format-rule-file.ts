import { formatMergeAction, formatNormalizeAction } from './format-action.ts'
import { formatCondition } from './format-condition.ts'
import type { ExceptionLine, Rule, RuleFile, RuleTest } from './rule.ts'

/**
 * A rule file as text: the one way to write what it says, so that two files that do the same differ in
 * nothing but names. Comments are not part of a rule file as data, and not written.
 */
export function formatRuleFile(file: RuleFile): string {
  const blocks = [...formatRules(file), ...file.tests.map(formatTest)]
  return blocks.length === 0 ? '' : `${blocks.join('\n\n')}\n`
}

function formatRules(file: RuleFile): readonly string[] {
  switch (file.kind) {
    case 'normalize':
      return file.rules.map((rule) => formatRule(rule, rule.actions.map(formatNormalizeAction)))
    case 'merge':
      return file.rules.map((rule) => formatRule(rule, rule.actions.map(formatMergeAction), 'merge'))
    case 'indication':
      return file.rules.map((rule) =>
        formatRule(
          rule,
          rule.actions.map(({ to }) => `set indication."${to}"`),
        ),
      )
    case 'brief-level':
      return file.rules.map((rule) =>
        formatRule(
          rule,
          rule.actions.map(({ level }) => `set brief_level."${formatLevel(level)}"`),
        ),
      )
    case 'exceptions':
      return file.rules.length === 0 ? [] : [file.rules.map(formatExceptionLine).join('\n')]
  }
}

function formatRule(
  { name, priority, idempotent, when }: Rule<unknown>,
  actions: readonly string[],
  condition: string = formatCondition(when),
): string {
  return [
    `rule "${name}"`,
    ...(priority === null ? [] : [`priority ${priority}`]),
    ...(idempotent ? ['idempotent'] : []),
    'when',
    `  ${condition}`,
    'then',
    ...actions.map((action) => `  ${action}`),
    'end',
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
