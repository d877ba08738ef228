import { readCondition } from './conditions.ts'
import { readExceptionLines } from './exception-lines.ts'
import { readBriefLevelAction, readIndicationAction } from './level-actions.ts'
import { lintMergeRules } from './lint-merge.ts'
import { lintNormalizeRules } from './lint-normalize.ts'
import { lintLevelRules } from './lint-rules.ts'
import { readMergeAction, readMergeCondition } from './merge-actions.ts'
import { readNormalizeAction } from './normalize-actions.ts'
import { readRuleBlocks } from './rule-blocks.ts'
import { ruleLimits } from './rule-limits.ts'
import type { RuleFile, RuleKind, RuleProblem } from './rule.ts'
import type { TokenReader } from './token-reader.ts'
import { lineTokensOf, linesOf, tokensOf } from './tokens.ts'

export type RuleFileOf<Kind extends RuleKind> = Extract<RuleFile, { readonly kind: Kind }>

export type ParsedRuleFile<Kind extends RuleKind> = {
  /** Nothing where one of the problems is an error. */
  readonly file: RuleFileOf<Kind> | null
  /** What was found, in the order of the file; of more than `ruleLimits.problems` the errors first. */
  readonly problems: readonly RuleProblem[]
}

/** Reads a rule file of a kind. Whatever the text is, the answer is a value. */
export function parseRuleFile<Kind extends RuleKind>(kind: Kind, text: string): ParsedRuleFile<Kind> {
  const problems: RuleProblem[] = []
  const refused = refusal(text)
  if (refused !== null) return { file: null, problems: [refused] }
  const { tokens } = kind === 'exceptions' ? lineTokensOf(text) : tokensOf(text, problems)
  const file = parsers[kind]({ tokens, at: 0, problems, errors: 0, regexPrograms: 0 })
  const errors = problems.filter(({ severity }) => severity === 'error')
  const warnings = problems.filter(({ severity }) => severity === 'warning')
  const shown = [...errors, ...warnings].slice(0, ruleLimits.problems)
  return {
    file: errors.length === 0 ? file : null,
    problems: shown.sort((a, b) => a.line - b.line || a.column - b.column),
  }
}

const parsers: { readonly [Kind in RuleKind]: (reader: TokenReader) => RuleFileOf<Kind> } = {
  normalize: (reader) => ({
    kind: 'normalize',
    ...readRuleBlocks(reader, {
      kind: 'normalize',
      condition: readCondition,
      action: readNormalizeAction,
      lint: lintNormalizeRules,
    }),
  }),
  merge: (reader) => ({
    kind: 'merge',
    ...readRuleBlocks(reader, {
      kind: 'merge',
      condition: (at) => (readMergeCondition(at) ? { is: 'true' } : null),
      action: readMergeAction,
      lint: lintMergeRules,
    }),
  }),
  indication: (reader) => ({
    kind: 'indication',
    ...readRuleBlocks(reader, {
      kind: 'indication',
      condition: readCondition,
      action: readIndicationAction,
      lint: lintLevelRules,
    }),
  }),
  'brief-level': (reader) => ({
    kind: 'brief-level',
    ...readRuleBlocks(reader, {
      kind: 'brief-level',
      condition: readCondition,
      action: readBriefLevelAction,
      lint: lintLevelRules,
    }),
  }),
  exceptions: (reader) => ({ kind: 'exceptions', ...readExceptionLines(reader) }),
}

/** What is not looked into at all: too long a text, and characters that no MARC value may hold. */
function refusal(text: string): RuleProblem | null {
  const refused = (at: number, message: string): RuleProblem => {
    const lines = linesOf(text.slice(0, at))
    return {
      severity: 'error',
      line: lines.length,
      column: (lines[lines.length - 1] as string).length + 1,
      message,
    }
  }
  if (text.length > ruleLimits.file)
    return refused(0, `A rule file may have ${ruleLimits.file} characters; this one has ${text.length}.`)
  const at = text.search(unfit)
  if (at === -1) return null
  const point = (text.codePointAt(at) as number).toString(16).toUpperCase().padStart(4, '0')
  return refused(at, `The character U+${point} cannot stand in a record; remove it.`)
}

/** Control characters but for those of a text file, and halves of characters. */
const unfit = /[\0-\x08\x0B\x0C\x0E-\x1F\x7F]|\p{Surrogate}/u
