/*
 * A rule file as data. The text of one is read by `parseRuleFile` and written by `formatRuleFile`;
 * what it does is carried out by normalize/, merge/, brief-level.ts and filter.ts, which know nothing
 * of its syntax. docs/rules.md is the guide to the languages.
 */

export const ruleKinds = ['normalize', 'merge', 'indication', 'brief-level', 'exceptions'] as const

/** What a rule file is for; each kind has its own actions. */
export type RuleKind = (typeof ruleKinds)[number]

/** Where something begins in a rule file, both from 1; a column counts UTF-16 units. */
export type Place = { readonly line: number; readonly column: number }

/**
 * What is wrong with a rule file. A file with an error can be kept, and cannot be used; a warning says
 * what the file does that its author may not have meant.
 */
export type RuleProblem = Place & {
  readonly severity: 'error' | 'warning'
  /** A sentence: what stands there, and what was expected or is meant. */
  readonly message: string
}

export type RuleFile =
  | {
      readonly kind: 'normalize'
      readonly rules: readonly Rule<NormalizeAction>[]
      readonly tests: readonly RuleTest[]
    }
  | {
      readonly kind: 'merge'
      readonly rules: readonly Rule<MergeAction>[]
      readonly tests: readonly RuleTest[]
    }
  | {
      readonly kind: 'indication'
      readonly rules: readonly Rule<IndicationAction>[]
      readonly tests: readonly RuleTest[]
    }
  | {
      readonly kind: 'brief-level'
      readonly rules: readonly Rule<BriefLevelAction>[]
      readonly tests: readonly RuleTest[]
    }
  | {
      readonly kind: 'exceptions'
      readonly rules: readonly ExceptionLine[]
      readonly tests: readonly RuleTest[]
    }

/** `rule "name" [priority N] when … then … end`. Rules are in the order in which they run: by priority, then as written. */
export type Rule<Action> = {
  readonly name: string
  readonly priority: number | null
  /** Of a merge rule always true: its condition is the word `merge`. */
  readonly when: Condition
  readonly actions: readonly Action[]
  readonly place: Place
  /** `idempotent`: applied twice it does what it does once; a test holds it to that. */
  readonly idempotent: boolean
}

// Conditions

export type Condition =
  | { readonly is: 'true' }
  | { readonly is: 'exists'; readonly element: Element }
  | { readonly is: 'exists-control'; readonly control: ControlElement }
  | { readonly is: 'exists-more-than-once'; readonly element: Element }
  | { readonly is: 'all'; readonly of: readonly Condition[] }
  | { readonly is: 'any'; readonly of: readonly Condition[] }
  | { readonly is: 'not'; readonly of: Condition }

/** Three characters, `*` for any in that place. */
export type TagPattern = string

/**
 * Data fields: `245`, `245.a`, `650.{*,0}.a.Cats*`. An indicator is a character, a blank, or null for any.
 * `subfield` is a code, `*` for any, null where the field alone is meant. A value is met by a whole
 * subfield value; `replaceContents` looks for it anywhere.
 */
export type Element = {
  readonly tag: TagPattern
  readonly ind1: string | null
  readonly ind2: string | null
  readonly subfield: string | null
  readonly value: Pattern | null
}

/** `LDR`, a control field, or characters of one: `008.{35,3}.eng`. `at` counts from 0. */
export type ControlElement = {
  readonly tag: TagPattern
  readonly range: { readonly at: number; readonly length: number } | null
  readonly value: Pattern | null
}

/**
 * What a value is held against. `text`: alternatives (`|`) of parts in order; `regex`: a regular
 * expression in RE2 syntax, found anywhere in the value unless anchored (never a part of the older
 * syntax: it is written `matches "…"`); `some`: any value but an empty one.
 */
export type Pattern =
  | { readonly kind: 'text'; readonly alternatives: readonly (readonly PatternPart[])[] }
  | { readonly kind: 'regex'; readonly source: string }
  | { readonly kind: 'some' }

/** `.` is one character, `*` a run of any length; all other characters are themselves. */
export type PatternPart =
  | { readonly part: 'literal'; readonly text: string }
  | { readonly part: 'one' }
  | { readonly part: 'run' }

// Normalisation

/** Which of several subfields of a field: all of them, all but the first, the first alone. */
export type Which = 'all' | 'except-first' | 'only-first'

/** A subfield of a field elsewhere, as the source or the target of a copy: `988.a`; the whole field without a code. */
export type FieldPlace = { readonly tag: string; readonly subfield: string | null }

/** As `FieldPlace`, and with indicators where the copy is to have others than the field that it is made of. */
export type CopyTarget = FieldPlace & { readonly ind1?: string; readonly ind2?: string }

type Acting = {
  /** `if (…)`; where it speaks of the same tag it chooses among the fields, else it is about the record. */
  readonly only: Condition | null
  readonly place: Place
}

export type NormalizeAction = Acting &
  (
    | { readonly do: 'add-control-field'; readonly tag: string; readonly value: string }
    | {
        readonly do: 'add-field'
        readonly tag: string
        readonly ind1: string
        readonly ind2: string
        readonly subfield: string
        readonly value: string
      }
    /** To every field of the element's tag and indicators. */
    | { readonly do: 'add-subfield'; readonly to: Element; readonly code: string; readonly value: string }
    | {
        readonly do: 'add-system-number'
        readonly to: FieldPlace
        readonly from: string
        readonly prefix: string | null
      }
    | { readonly do: 'change-control-field'; readonly from: string; readonly to: string }
    | { readonly do: 'change-field'; readonly from: Element; readonly to: string }
    | { readonly do: 'change-indicator'; readonly which: 1 | 2; readonly of: Element; readonly to: string }
    | { readonly do: 'change-subfield'; readonly which: Which; readonly of: Element; readonly to: string }
    /** The fields of the tag become one; of the codes listed, the first value alone is kept. */
    | { readonly do: 'combine-fields'; readonly tag: TagPattern; readonly excluding: string }
    | { readonly do: 'copy-control-field'; readonly from: ControlElement | FieldPlace; readonly to: string }
    /** From a control field its value goes to the subfield that `to` names. */
    | { readonly do: 'copy-field'; readonly from: Element; readonly to: CopyTarget }
    | { readonly do: 'correct-duplicate-fields'; readonly tags: readonly TagPattern[] }
    | { readonly do: 'correct-duplicate-subfields'; readonly tag: TagPattern; readonly codes: string }
    | { readonly do: 'move-subfields-to-end'; readonly tag: TagPattern; readonly codes: string }
    /** To the value of the subfield; without one, to the first (prefix) or last (suffix) subfield of the field. */
    | { readonly do: 'prefix' | 'suffix'; readonly of: Element; readonly text: string }
    | { readonly do: 'prefix-subfield' | 'suffix-subfield'; readonly of: Element; readonly from: FieldPlace }
    | { readonly do: 'remove-control-field'; readonly control: ControlElement }
    | { readonly do: 'remove-field'; readonly element: Element }
    | { readonly do: 'remove-subfield'; readonly element: Element }
    /** Every occurrence of the element's value in a subfield value; `$1` in the text only with a regular expression. */
    | {
        readonly do: 'replace-contents'
        readonly which: Which
        readonly element: Element
        readonly text: string
      }
    | { readonly do: 'replace-control-contents'; readonly control: ControlElement; readonly text: string }
    /** A field for each of a repeated subfield, with the other subfields in every one. */
    | { readonly do: 'split-field'; readonly tag: TagPattern; readonly subfield: string }
    /** What stands behind the delimiter goes to a field of its own. */
    | {
        readonly do: 'split-subfield'
        readonly tag: TagPattern
        readonly subfield: string
        readonly delimiter: string
        readonly to: { readonly tag: string; readonly subfield: string }
      }
    | { readonly do: 'sort-fields'; readonly tags: readonly TagPattern[] }
  )

// Indication and brief level

export type IndicationAction = { readonly do: 'set-indication'; readonly to: boolean; readonly place: Place }

/** The first rule whose condition a record meets decides. */
export type BriefLevelAction = {
  readonly do: 'set-brief-level'
  readonly level: number
  readonly place: Place
}

// Merging

/** The target of a merge action; `LDR`, or a tag with `X` for any character. An 880 counts as the field that its `$6` names. */
export type FieldTarget = { readonly tag: string; readonly ind1?: string; readonly ind2?: string }

/**
 * One action of a merge rule; see merge/merge.ts for what each does. `protect` takes the existing
 * fields that are meant out of the reach of all actions of the file, wherever it stands.
 */
export type MergeAction = {
  readonly verb: 'add' | 'remove' | 'replace' | 'protect'
  /** Any of them. */
  readonly targets: readonly FieldTarget[]
  readonly excluding?: readonly FieldTarget[]
  /** Only fields with such a value; with a `tag` that is no target's, only if the record has such a field. */
  readonly when?: { readonly tag?: string; readonly subfield: string; readonly contains: Pattern }
  /** Only fields with, or without, a subfield. */
  readonly subfield?: { readonly code: string; readonly is: 'present' | 'absent' }
  /** Not the fields that have one of these subfields with such a value. */
  readonly without?: readonly { readonly code: string; readonly value: Pattern }[]
  readonly only?: 'if-incoming-has' | 'if-existing-lacks'
  /** Nothing for an action of a shipped rule. */
  readonly place: Place | null
}

// Exceptions: what becomes of a validation message

/** `CODE [tag [$subfield]]: error|warning|off`; the last line that fits a message decides. */
export type ExceptionLine = {
  readonly code: string
  readonly tag: TagPattern | null
  readonly subfield: string | null
  readonly severity: 'error' | 'warning' | 'off'
  readonly place: Place
}

// Tests

/**
 * A rule file's own test: `test "name" given … [incoming …] expect … end`. Of a normalisation, the record
 * before and after; of a merge, the existing and the incoming record and the result; else the verdict.
 * Records are lines as `formatField` writes them, with `LDR` and `001` in front.
 */
export type RuleTest = {
  readonly name: string
  readonly place: Place
  readonly given: readonly string[]
  /** The incoming record of a merge. */
  readonly incoming: readonly string[] | null
  readonly expect:
    | { readonly is: 'record'; readonly lines: readonly string[] }
    | { readonly is: 'indication'; readonly value: boolean }
    | { readonly is: 'brief-level'; readonly level: number }
    | { readonly is: 'messages'; readonly lines: readonly string[] }
}

/** A rule file as a profile runs by it: the text itself, so that a job is held to what it was submitted with. */
export type RuleText = {
  readonly kind: RuleKind
  readonly zone: string
  readonly code: string
  readonly version: number
  readonly text: string
}
