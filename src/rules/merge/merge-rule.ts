import type { RuleFileOf } from '../language/parse-rule-file.ts'
import type { FieldTarget, MergeAction } from '../language/rule.ts'

/**
 * A merge rule: what a rule file of the kind `merge` says, or one that is part of the program. The
 * existing bib receives, the incoming record is read (D15); merge.ts says what each action does.
 */
export type MergeRule = {
  readonly code: string
  readonly name: string
  readonly description: string
  readonly actions: readonly MergeAction[]
}

/** The merge rule of a rule file: the actions of all its rules in their order. */
export function mergeRuleOf(file: RuleFileOf<'merge'>, code: string): MergeRule {
  return {
    code,
    name: file.rules[0]?.name ?? code,
    description: '',
    actions: file.rules.flatMap(({ actions }) => actions),
  }
}

/** The line of an action in its file; of a shipped rule, its number. */
export const lineOf = ({ actions }: MergeRule, at: number): number => actions[at]?.place?.line ?? at + 1

const act = (
  verb: MergeAction['verb'],
  target: string,
  more: Omit<Partial<MergeAction>, 'verb' | 'targets' | 'place'> = {},
): MergeAction => ({ verb, targets: [{ tag: target }], ...more, place: null })

const tags = (...all: string[]): FieldTarget[] => all.map((tag) => ({ tag }))

/** OCLC's own 035s are exchanged as one, and only if there is another to have: a vendor's record does not cost the bib its OCLC number. */
const systemNumbers: readonly MergeAction[] = [
  act('replace', '035', {
    when: {
      subfield: '*',
      contains: { kind: 'text', alternatives: [[{ part: 'literal', text: '(OCoLC)' }]] },
    },
    only: 'if-incoming-has',
  }),
  act('add', '035'),
]

export const mergeRules: readonly MergeRule[] = [
  {
    code: 'overlay-all-but-local',
    name: 'Overlay all fields but local',
    description:
      'The incoming record replaces everything but the local fields; 035s of other systems are kept from both.',
    actions: [
      act('replace', 'LDR'),
      act('remove', 'XXX', { excluding: tags('035') }),
      act('add', 'XXX', { excluding: tags('035') }),
      ...systemNumbers,
    ],
  },
  {
    code: 'keep-existing',
    name: 'Keep the existing record',
    description: 'Nothing changes; for profiles that only add inventory or orders.',
    actions: [],
  },
  {
    code: 'replace-245-035',
    name: 'Replace 245 and 035',
    description:
      'Title and OCLC numbers are replaced where the incoming record has them; other 035s are added; the rest stays.',
    actions: [act('replace', '245', { only: 'if-incoming-has' }), ...systemNumbers],
  },
  {
    code: 'conditional-subject-headings',
    name: 'Conditional subject headings',
    description:
      'As an overlay, but subjects (65X) and added entries (7XX) stay and the incoming ones join them.',
    actions: [
      act('replace', 'LDR'),
      act('remove', 'XXX', { excluding: tags('035', '65X', '7XX') }),
      act('add', 'XXX', { excluding: tags('035') }),
      ...systemNumbers,
    ],
  },
]

const byCode = new Map(mergeRules.map((rule) => [rule.code, rule]))

/** The shipped merge rule of a code. Throws RangeError for one that does not exist. */
export function mergeRule(code: string): MergeRule {
  const rule = byCode.get(code)
  if (!rule)
    throw new RangeError(`There is no merge rule ${code}; there are ${[...byCode.keys()].join(', ')}`)
  return rule
}
