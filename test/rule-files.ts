import fc from 'fast-check'
import type {
  Condition,
  ControlElement,
  Element,
  ExceptionLine,
  FieldTarget,
  MergeAction,
  NormalizeAction,
  Pattern,
  PatternPart,
  Rule,
  RuleFile,
  RuleTest,
} from '../src/rules/language/rule.ts'
import { validationRules } from '../src/rules/validation/validation-rules.ts'

/*
 * Rule files as data, of every shape that the parser can give: what a text cannot hold (two runs in a row,
 * an empty literal) is not made.
 */

const record = <T>(shape: { readonly [K in keyof T]: fc.Arbitrary<T[K]> }) =>
  fc.record(shape, { noNullPrototype: true })

const orNull = <T>(arbitrary: fc.Arbitrary<T>): fc.Arbitrary<T | null> => fc.option(arbitrary, { nil: null })

const place = record({ line: fc.nat(), column: fc.nat() })

/** Characters that have a meaning somewhere in the language, and some that have none. */
const character = fc.constantFrom(...'ab1 ."\\*|{}()[]^$#/,;:?+-&éП🙂', '{bsol}', '//')
const text = fc.array(character, { maxLength: 8 }).map((characters) => characters.join(''))
const someText = fc.array(character, { minLength: 1, maxLength: 8 }).map((characters) => characters.join(''))
const name = fc
  .array(fc.constantFrom(...'abR 1#/.:,{}()é'), { minLength: 1, maxLength: 12 })
  .map((characters) => `n${characters.join('')}`)

const code = fc.constantFrom(...'abz059')
const anyCode = fc.constantFrom(...'az5*')
const tag = fc.constantFrom('245', '035', '650', 'TMP', 'YLK', '9ab')
const openTag = fc.oneof(tag, fc.constantFrom('6**', '9*5', '***', '*50'))
const controlTag = fc.constantFrom('001', '003', '006', '007', '008')
const indicator = fc.constantFrom(' ', '0', '7', 'a')

const parts: fc.Arbitrary<readonly PatternPart[]> = fc
  .array(
    fc.oneof(
      someText.map((literal): PatternPart => ({ part: 'literal', text: literal })),
      fc.constantFrom<PatternPart>({ part: 'one' }, { part: 'run' }),
    ),
    { maxLength: 4 },
  )
  .map((made) => made.filter((part, at) => part.part === 'one' || part.part !== made[at - 1]?.part))

const textPattern: fc.Arbitrary<Pattern> = fc
  .array(parts, { minLength: 1, maxLength: 3 })
  .map((alternatives) => ({ kind: 'text', alternatives }))

const regex: fc.Arbitrary<Pattern> = fc
  .constantFrom('a+', '^x|"y"$', '[0-9]{3}\\.', '(a)(b)', '\\\\', '')
  .map((source) => ({ kind: 'regex', source }))

const some: fc.Arbitrary<Pattern> = fc.constant({ kind: 'some' })

const head = { tag: openTag, ind1: orNull(indicator), ind2: orNull(indicator) }
const bareElement: fc.Arbitrary<Element> = record({
  ...head,
  subfield: fc.constant(null),
  value: fc.constant(null),
})
const withSubfield: fc.Arbitrary<Element> = record({
  ...head,
  subfield: anyCode,
  value: orNull(fc.oneof(textPattern, regex)),
})
const element: fc.Arbitrary<Element> = fc.oneof(bareElement, withSubfield)
const askedElement: fc.Arbitrary<Element> = fc.oneof(
  element,
  record({ ...head, subfield: anyCode, value: some }),
)

const control: fc.Arbitrary<ControlElement> = record({
  tag: fc.oneof(controlTag, fc.constantFrom('LDR', '00*')),
  range: orNull(record({ at: fc.nat(60), length: fc.integer({ min: 1, max: 40 }) })),
  value: orNull(fc.oneof(textPattern, regex)),
})

const condition: fc.Arbitrary<Condition> = fc.letrec<{ condition: Condition }>((tie) => ({
  condition: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    fc.constant<Condition>({ is: 'true' }),
    record({ is: fc.constant('exists'), element: askedElement }),
    record({ is: fc.constant('exists-control'), control }),
    record({
      is: fc.constant('exists-more-than-once'),
      element: askedElement,
    }),
    record({ is: fc.constant('not'), of: tie('condition') }),
    record({
      is: fc.constantFrom('all', 'any'),
      of: fc.array(tie('condition'), { minLength: 2, maxLength: 3 }),
    }),
  ),
})).condition

const fieldPlace = record({ tag, subfield: orNull(code) })
const subfieldPlace = record({ tag, subfield: code })
const codes = fc.uniqueArray(code, { minLength: 1, maxLength: 3 }).map((made) => made.join(''))
const tags = fc.uniqueArray(openTag, { minLength: 1, maxLength: 3 })
const which = fc.constantFrom('all', 'except-first', 'only-first')

/** A replacement that speaks of no group, so that it goes with every regular expression. */
const replaced = fc.oneof(
  text.filter((made) => !made.includes('$') && !made.includes('\\')),
  fc.constant('$$ $&'),
)

const doing = fc.oneof(
  record({ do: fc.constant('add-control-field'), tag: controlTag, value: text }),
  record({
    do: fc.constant('add-field'),
    tag,
    ind1: indicator,
    ind2: indicator,
    subfield: code,
    value: text,
  }),
  record({ do: fc.constant('add-subfield'), to: bareElement, code, value: text }),
  record({
    do: fc.constant('add-system-number'),
    to: fieldPlace,
    from: controlTag,
    prefix: orNull(controlTag),
  }),
  record({ do: fc.constant('change-control-field'), from: controlTag, to: controlTag }),
  record({ do: fc.constant('change-field'), from: element, to: tag }),
  record({
    do: fc.constant('change-indicator'),
    which: fc.constantFrom(1, 2),
    of: element,
    to: indicator,
  }),
  record({ do: fc.constant('change-subfield'), which, of: withSubfield, to: code }),
  record({
    do: fc.constant('combine-fields'),
    tag: openTag,
    excluding: fc.oneof(codes, fc.constant('')),
  }),
  record({
    do: fc.constant('copy-control-field'),
    from: fc.oneof(
      fieldPlace,
      record({ tag: controlTag, range: fc.constant(null), value: orNull(textPattern) }),
    ),
    to: controlTag,
  }),
  record({
    do: fc.constant('copy-field'),
    from: element,
    to: fc.oneof(fieldPlace, record({ tag, subfield: orNull(code), ind1: indicator })),
  }),
  record({ do: fc.constant('correct-duplicate-fields'), tags }),
  record({
    do: fc.constantFrom('correct-duplicate-subfields', 'move-subfields-to-end'),
    tag: openTag,
    codes,
  }),
  record({ do: fc.constantFrom('prefix', 'suffix'), of: element, text }),
  record({
    do: fc.constantFrom('prefix-subfield', 'suffix-subfield'),
    of: record({ ...head, subfield: anyCode, value: fc.constant(null) }),
    from: subfieldPlace,
  }),
  record({
    do: fc.constant('remove-control-field'),
    control: control.filter(({ tag: of }) => of !== 'LDR'),
  }),
  record({ do: fc.constantFrom('remove-field'), element }),
  record({ do: fc.constantFrom('remove-subfield'), element: withSubfield }),
  record({ do: fc.constant('replace-contents'), which, element: withSubfield, text: replaced }),
  record({
    do: fc.constant('replace-control-contents'),
    control: control.filter(({ tag: of }) => of !== 'LDR'),
    text: replaced,
  }),
  record({ do: fc.constant('split-field'), tag, subfield: code }),
  record({
    do: fc.constant('split-subfield'),
    tag: openTag,
    subfield: code,
    delimiter: someText,
    to: subfieldPlace,
  }),
  record({ do: fc.constant('sort-fields'), tags }),
)

const normalizeAction: fc.Arbitrary<NormalizeAction> = fc
  .tuple(doing, orNull(condition), place)
  .map(([made, only, at]) => ({ ...made, only, place: at }))

const mergeTag = fc.constantFrom('245', '24X', '9XX', '035', '006', '007')
const indicators = record<{ ind1?: string; ind2?: string }>({}).chain(() =>
  fc.constantFrom<{ ind1?: string; ind2?: string }>(
    {},
    { ind1: ' ' },
    { ind2: '7' },
    { ind1: '9', ind2: '9' },
  ),
)
const targets: fc.Arbitrary<readonly FieldTarget[]> = fc
  .tuple(fc.uniqueArray(mergeTag, { minLength: 1, maxLength: 3 }), indicators)
  .map(([made, both]) => made.map((each) => ({ tag: each, ...both })))

const optional = <K extends string, T>(
  key: K,
  value: fc.Arbitrary<T>,
): fc.Arbitrary<{ readonly [P in K]?: T }> =>
  fc.oneof(
    fc.constant<{ readonly [P in K]?: T }>({}),
    value.map((made) => Object.fromEntries([[key, made]]) as { readonly [P in K]?: T }),
  )

const mergeAction: fc.Arbitrary<MergeAction> = fc
  .tuple(
    fc.constantFrom('add', 'remove', 'replace', 'protect'),
    targets,
    optional('excluding', targets),
    optional(
      'when',
      fc.oneof(
        record({ tag: mergeTag, subfield: anyCode, contains: fc.oneof(textPattern, regex, some) }),
        record({ subfield: anyCode, contains: textPattern }),
      ),
    ),
    optional('subfield', record({ code, is: fc.constantFrom('present', 'absent') })),
    optional(
      'without',
      fc.array(record({ code, value: fc.oneof(textPattern, regex, some) }), { minLength: 1, maxLength: 2 }),
    ),
    optional('only', fc.constantFrom('if-incoming-has', 'if-existing-lacks')),
    place,
  )
  .map(([verb, made, excluding, when, subfield, without, only, at]) => ({
    verb,
    targets: made,
    ...excluding,
    ...when,
    ...subfield,
    ...without,
    ...only,
    place: at,
  }))

/** Rules in the order in which they run. */
function rules<Action>(
  action: fc.Arbitrary<Action>,
  when: fc.Arbitrary<Condition> = condition,
): fc.Arbitrary<readonly Rule<Action>[]> {
  const rule = record({
    name,
    priority: orNull(fc.integer({ min: -3, max: 500 })),
    when,
    actions: fc.array(action, { maxLength: 4 }),
    place,
    idempotent: fc.boolean(),
  })
  return fc
    .array(rule, { maxLength: 3 })
    .map((made) => made.sort((a, b) => (b.priority ?? 0) - (a.priority ?? 0)))
}

const line = fc.constantFrom(
  'LDR 00000nam a2200000 a 4500',
  '001 end of # it // all',
  '245 10 $a Emma / $c "Jane" Austen. $u http://example.org/#x',
  '650 #0 $a expect',
)
const lines = fc.array(line, { maxLength: 3 })

const tests = (
  incoming: fc.Arbitrary<RuleTest['incoming']>,
  expect: fc.Arbitrary<RuleTest['expect']>,
): fc.Arbitrary<readonly RuleTest[]> =>
  fc.array(record({ name, place, given: lines, incoming, expect }), { maxLength: 2 })

const ofRecord = record({ is: fc.constant('record'), lines })

const exceptionLine: fc.Arbitrary<ExceptionLine> = fc
  .tuple(
    fc.constantFrom(...Object.keys(validationRules)),
    orNull(fc.oneof(openTag, fc.constant('LDR'))),
    orNull(code),
    fc.constantFrom('error', 'warning', 'off'),
    place,
  )
  .map(([of, at, subfield, severity, where]) => ({
    code: of,
    tag: at,
    subfield: at === null ? null : subfield,
    severity,
    place: where,
  }))

const none = fc.constant(null)

/** Any rule file that a text can say. */
export const ruleFile: fc.Arbitrary<RuleFile> = fc.oneof(
  record({
    kind: fc.constant('normalize'),
    rules: rules(normalizeAction),
    tests: tests(none, ofRecord),
  }),
  record({
    kind: fc.constant('merge'),
    rules: rules(mergeAction, fc.constant({ is: 'true' })),
    tests: tests(lines, ofRecord),
  }),
  record({
    kind: fc.constant('indication'),
    rules: rules(record({ do: fc.constant('set-indication'), to: fc.boolean(), place })),
    tests: tests(
      none,
      record({
        is: fc.constant('indication'),
        value: fc.boolean(),
      }),
    ),
  }),
  record({
    kind: fc.constant('brief-level'),
    rules: rules(
      record({
        do: fc.constant('set-brief-level'),
        level: fc.integer({ min: 1, max: 10 }),
        place,
      }),
    ),
    tests: tests(
      none,
      record({
        is: fc.constant('brief-level'),
        level: fc.integer({ min: 1, max: 10 }),
      }),
    ),
  }),
  record({
    kind: fc.constant('exceptions'),
    rules: fc.array(exceptionLine, { maxLength: 4 }),
    tests: tests(
      none,
      record({
        is: fc.constant('messages'),
        lines: fc.array(fc.constantFrom('TITLE_MISSING: error', 'ISBN_INVALID 020 $a: warning')),
      }),
    ),
  }),
)
