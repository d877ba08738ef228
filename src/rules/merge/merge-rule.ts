/*
 * A merge rule as data. The existing bib receives, the incoming record is read (D15). Actions are
 * carried out in their order, each on what the former left.
 *
 * - `remove` takes the existing fields that are meant.
 * - `add` brings the incoming fields that are meant; one that is there already is not doubled.
 * - `replace` is `remove` and then `add`; with `only: 'if-incoming-has'` it does nothing where the
 *   incoming record has no such field.
 *
 * 001, 003 and 005 are never touched: the bib keeps its number, and saving sets the time. Protected
 * fields (D16) are neither removed nor brought, unless an action names their tag outright.
 */
export type MergeRule = {
  readonly code: string
  readonly name: string
  readonly description: string
  readonly actions: readonly MergeAction[]
}

export type MergeAction = {
  readonly verb: 'add' | 'remove' | 'replace'
  readonly target: FieldTarget
  readonly excluding?: readonly FieldTarget[]
  /** Only fields with such a value; with a `tag` that is not the target's, only if the record has such a field. */
  readonly when?: { readonly tag?: string; readonly subfield: string; readonly contains: string }
  /** Only fields with, or without, a subfield. */
  readonly subfield?: { readonly code: string; readonly is: 'present' | 'absent' }
  readonly only?: 'if-incoming-has' | 'if-existing-lacks'
}

/** `LDR`, or a tag with `X` for any character; an 880 counts as the field that its `$6` names. */
export type FieldTarget = { readonly tag: string; readonly ind1?: string; readonly ind2?: string }

const to = (tag: string): FieldTarget => ({ tag })

/** OCLC's own 035s are exchanged as one, and only if there is another to have: a vendor's record does not cost the bib its OCLC number. */
const systemNumbers: readonly MergeAction[] = [
  {
    verb: 'replace',
    target: to('035'),
    when: { subfield: '*', contains: '(OCoLC)' },
    only: 'if-incoming-has',
  },
  { verb: 'add', target: to('035') },
]

export const mergeRules: readonly MergeRule[] = [
  {
    code: 'overlay-all-but-local',
    name: 'Overlay all fields but local',
    description:
      'The incoming record replaces everything but the local fields; 035s of other systems are kept from both.',
    actions: [
      { verb: 'replace', target: to('LDR') },
      { verb: 'remove', target: to('XXX'), excluding: [to('035')] },
      { verb: 'add', target: to('XXX'), excluding: [to('035')] },
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
    actions: [{ verb: 'replace', target: to('245'), only: 'if-incoming-has' }, ...systemNumbers],
  },
  {
    code: 'conditional-subject-headings',
    name: 'Conditional subject headings',
    description:
      'As an overlay, but subjects (65X) and added entries (7XX) stay and the incoming ones join them.',
    actions: [
      { verb: 'replace', target: to('LDR') },
      { verb: 'remove', target: to('XXX'), excluding: [to('035'), to('65X'), to('7XX')] },
      { verb: 'add', target: to('XXX'), excluding: [to('035')] },
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
