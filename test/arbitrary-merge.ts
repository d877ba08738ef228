import fc from 'fast-check'
import type { MarcRecord } from '../src/marc/record.ts'
import type { FieldTarget, MergeAction, Pattern } from '../src/rules/language/rule.ts'
import type { MergeRule } from '../src/rules/merge/merge-rule.ts'

/*
 * Records and merge rules that meet: of few tags, indicators, codes and values, so that lines mean
 * fields, fields repeat, and both records have some of the same.
 */
const tag = fc.constantFrom(
  '035',
  '090',
  '100',
  '245',
  '500',
  '520',
  '590',
  '600',
  '650',
  '690',
  '880',
  '949',
)
const indicator = fc.constantFrom(' ', '1')
const value = fc.constantFrom('x', 'y', '(OCoLC)1', '(OCoLC)2', '(DLC)3', '')

const subfield = fc.oneof(
  { weight: 8, arbitrary: fc.record({ code: fc.constantFrom('a', 'b', 'z'), value }) },
  fc.constant({ code: '9', value: 'LOCAL' }),
  fc.record({ code: fc.constant('5'), value: fc.constantFrom('OWN', 'ZZZ') }),
  fc.record({
    code: fc.constant('6'),
    value: fc.constantFrom('880-01', '880-02', '245-01', '590-02', '035-02', '500-00'),
  }),
)

const field = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.record({
      tag,
      ind1: indicator,
      ind2: indicator,
      subfields: fc.array(subfield, { minLength: 1, maxLength: 3 }),
    }),
  },
  fc.record({
    tag: fc.constantFrom('001', '003', '005', '006', '008'),
    value: fc.constantFrom('1', '2'),
  }),
)

export const arbitraryMergeRecord: fc.Arbitrary<MarcRecord> = fc.record({
  leader: fc.constantFrom('00000nam a2200000 a 4500', '00000cas a2200000 i 4500'),
  fields: fc.array(field, { maxLength: 10 }),
})

const target: fc.Arbitrary<FieldTarget> = fc
  .record({
    tag: fc.oneof(
      { weight: 3, arbitrary: tag },
      fc.constantFrom('XXX', '0XX', '5XX', '59X', '69X', '88X', '8XX', 'LDR', '001', '008'),
    ),
    ind1: fc.option(indicator, { freq: 6 }),
    ind2: fc.option(indicator, { freq: 6 }),
  })
  .map((made) => ({
    tag: made.tag,
    ...(made.ind1 === null ? {} : { ind1: made.ind1 }),
    ...(made.ind2 === null ? {} : { ind2: made.ind2 }),
  }))

const pattern: fc.Arbitrary<Pattern> = fc.oneof(
  fc.constant<Pattern>({ kind: 'some' }),
  fc.constantFrom('x', '(OCoLC)', 'OWN').map(
    (text): Pattern => ({
      kind: 'text',
      alternatives: [[{ part: 'literal', text }, { part: 'run' }]],
    }),
  ),
  fc.constantFrom('^[xy]$', '\\(DLC\\)', 'O.N').map((source): Pattern => ({ kind: 'regex', source })),
)

const code = fc.constantFrom('a', 'b', '5', '9', '*')

/** Any modifier that is there once in a while. */
const sometimes = <T>(arbitrary: fc.Arbitrary<T>) => fc.option(arbitrary, { freq: 3, nil: null })

/** One action of all verbs and modifiers. */
export const arbitraryMergeAction: fc.Arbitrary<MergeAction> = fc
  .record({
    verb: fc.constantFrom('add', 'remove', 'replace', 'protect'),
    targets: fc.array(target, { minLength: 1, maxLength: 2 }),
    excluding: sometimes(fc.array(target, { minLength: 1, maxLength: 2 })),
    when: sometimes(fc.record({ tag: sometimes(tag), subfield: code, contains: pattern })),
    subfield: sometimes(
      fc.record({ code: fc.constantFrom('5', '9', 'b'), is: fc.constantFrom('present', 'absent') }),
    ),
    without: sometimes(fc.record({ code: fc.constantFrom('a', '5'), value: pattern })),
    only: sometimes(fc.constantFrom('if-incoming-has', 'if-existing-lacks')),
  })
  .map(({ verb, targets, excluding, when, subfield: has, without, only }) => ({
    verb,
    targets,
    ...(excluding === null ? {} : { excluding }),
    ...(when === null
      ? {}
      : {
          when: {
            ...(when.tag === null ? {} : { tag: when.tag }),
            subfield: when.subfield,
            contains: when.contains,
          },
        }),
    ...(has === null ? {} : { subfield: has }),
    ...(without === null ? {} : { without: [without] }),
    ...(only === null ? {} : { only }),
    place: null,
  }))

export const arbitraryMergeRule: fc.Arbitrary<MergeRule> = fc
  .array(arbitraryMergeAction, { minLength: 1, maxLength: 7 })
  .map((actions) => ({ code: 'arbitrary', name: 'Arbitrary', description: '', actions }))
