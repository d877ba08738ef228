import { isTagPattern } from './field-pattern.ts'
import { parseField } from './field-text.ts'
import type { ImportProfile, MatchSettings, NormalizeStep } from './import-profile.ts'
import { inventoryProblems, inventoryShape } from './inventory/inventory-shape.ts'
import { weightedFeatures } from './match/weighted-features.ts'
import { isRuleCode } from './language/rule-code.ts'
import { matchMethods } from './match/match-methods.ts'
import { weighing } from './match/weighing.ts'
import { parseProtectPattern } from './merge/protect.ts'
import {
  type Shape,
  type ShapeProblem,
  chosenBy,
  isObject,
  listOf,
  mapOf,
  objectOf,
  oneOf,
  orNull,
  text,
  truth,
  wholeNumber,
} from './shape.ts'
import { validationRules } from './validation/validation-rules.ts'

const tagPattern = text((value) =>
  isTagPattern(value) ? null : `${value} is no tag; write three characters, X for any`,
)
const oneCharacter = text((value) => (value.length === 1 ? null : 'must be one character'))

/** A rule file's code; whether the zone has one is found when the profile is saved. */
const ruleCode = text((value) =>
  isRuleCode(value) ? null : 'must be small letters, digits, hyphens, dots or underscores',
)

/** A condition goes as deep as it likes, but not without end. */
const deepestFilter = 20

const filter =
  (depth: number): Shape =>
  (value, path, problems) => {
    if (depth > deepestFilter) {
      problems.push({ path, message: `goes deeper than ${deepestFilter} levels` })
      return
    }
    const within = filter(depth + 1)
    if (isObject(value) && 'rule' in value) objectOf({ rule: ruleCode })(value, path, problems)
    else if (isObject(value) && 'any' in value) objectOf({ any: listOf(within) })(value, path, problems)
    else if (isObject(value) && 'all' in value) objectOf({ all: listOf(within) })(value, path, problems)
    else if (isObject(value) && 'not' in value) objectOf({ not: within })(value, path, problems)
    else if (isObject(value) && 'leader' in value)
      objectOf({ leader: wholeNumber(0, 23), is: text() })(value, path, problems)
    else
      objectOf({ field: tagPattern, subfield: oneCharacter, matches: text() }, ['subfield', 'matches'])(
        value,
        path,
        problems,
      )
  }

export const normalizeSteps: readonly NormalizeStep['do'][] = [
  'oclc-001-to-035',
  'copy-019-to-035z',
  'strip-oclc-export-fields',
  'oclc-035-canonical',
  'remove-fields',
  'add-field',
  'remove-empty-subfields',
  'rule',
]

const doing = oneOf(normalizeSteps)

const bare = objectOf({ do: doing })

const normalizeStep = chosenBy('do', {
  'oclc-001-to-035': bare,
  'copy-019-to-035z': bare,
  'strip-oclc-export-fields': bare,
  'oclc-035-canonical': bare,
  'remove-empty-subfields': bare,
  rule: objectOf({ do: doing, rule: ruleCode }),
  'remove-fields': objectOf({ do: doing, tags: listOf(tagPattern) }),
  'add-field': objectOf({
    do: doing,
    field: text((value) => (parseField(value) ? null : `${value} is no field; write it as 590 ## $a Text`)),
  }),
} satisfies Record<NormalizeStep['do'], Shape>)

const methods = matchMethods.map(({ code }) => code)
const method = oneOf(methods)
const methodOfStep = oneOf(methods.filter((code) => code !== 'multi-step'))
const when = oneOf(['always', 'new'])

const percentage = wholeNumber(-100, 100)
const others = oneOf(['delete', 'suppress', 'keep'])
const handling = oneOf(['manual', 'automatic'])
const oclcGuard = oneOf(['off', 'warn', 'review', 'refuse'])

const profileShape = objectOf(
  {
    code: ruleCode,
    name: text((value) => (value.trim() === '' ? 'must not be empty' : null)),
    description: text(),
    type: oneOf(['repository', 'new-order', 'update-inventory']),
    active: truth,
    useNetworkZone: truth,
    originatingSystem: text(),
    reading: oneOf(['strict', 'repair', 'lossy']),
    filter: orNull(filter(0)),
    normalize: listOf(normalizeStep),
    exceptions: ruleCode,
    validate: mapOf(Object.keys(validationRules), oneOf(['error', 'warning', 'off'])),
    match: objectOf(
      {
        method,
        serial: method,
        handling: oneOf(['automatic', 'manual']),
        multi: objectOf(
          {
            disregardCommunity: truth,
            disregardCancelled: truth,
            preferSameCarrier: truth,
            skipUnresolved: truth,
            combine: orNull(
              objectOf({
                handling,
                preferred: oneOf(['most-inventory', 'fullest', 'oldest', 'newest']),
                others,
                mergeRule: ruleCode,
              }),
            ),
          },
          ['combine'],
        ),
        steps: listOf(
          objectOf({ method: methodOfStep, for: oneOf(['serial', 'non-serial', 'all']), prefix: text() }, [
            'prefix',
          ]),
        ),
        weighted: objectOf(
          {
            weights: mapOf(
              weightedFeatures,
              objectOf({ agree: wholeNumber(0, 100), disagree: wholeNumber(-100, 0) }, ['agree', 'disagree']),
            ),
            vetoes: listOf(oneOf(weightedFeatures)),
            doubts: listOf(oneOf(weightedFeatures)),
            thresholds: objectOf({ match: percentage, review: percentage }),
          },
          ['weights', 'vetoes', 'doubts', 'thresholds'],
        ),
      },
      ['serial', 'steps', 'weighted'],
    ),
    onMatch: objectOf(
      {
        action: oneOf(['merge', 'overlay', 'do-not-import', 'import']),
        mergeRule: ruleCode,
        briefGuard: truth,
        olderVersion: oneOf(['disabled', 'consider-originating-system', 'ignore-originating-system']),
        keepOriginatingSystem: truth,
        oclc: objectOf({ twoCurrent: oclcGuard, numberChange: oclcGuard, cancelledElsewhere: oclcGuard }),
      },
      ['oclc'],
    ),
    redirect: orNull(
      objectOf({ field: tagPattern, subfield: oneCharacter, handling, others, mergeRule: ruleCode }),
    ),
    onNoMatch: oneOf(['import', 'do-not-import']),
    deletes: oneOf(['not-allowed', 'delete', 'suppress']),
    tags: objectOf({
      suppress: orNull(objectOf({ set: truth, when })),
      publishToOclc: orNull(objectOf({ set: oneOf(['publish', 'holdings-only', 'do-not-publish']), when })),
    }),
    protect: listOf(
      text((value) =>
        parseProtectPattern(value) ? null : `${value} is no pattern of fields; write 9XX, 856 $5 or $9 LOCAL`,
      ),
    ),
    inventory: inventoryShape,
  } satisfies Record<keyof ImportProfile, Shape>,
  ['description', 'exceptions', 'redirect', 'inventory'],
)

/** Reads a profile from JSON; every fault is named with its path, and a misspelt name with the one that was meant. */
export function parseProfile(
  json: unknown,
):
  | { readonly ok: true; readonly profile: ImportProfile }
  | { readonly ok: false; readonly problems: readonly ShapeProblem[] } {
  const problems: ShapeProblem[] = []
  profileShape(json, '', problems)
  if (problems.length === 0 && isProfile(json)) {
    problems.push(...matchProblems(json.match), ...inventoryProblems(json))
    if (problems.length === 0) return { ok: true, profile: json }
  }
  return { ok: false, problems }
}

/** What is well formed and cannot work all the same. */
function matchProblems(match: MatchSettings): ShapeProblem[] {
  const problems: ShapeProblem[] = []
  if ([match.method, match.serial].includes('multi-step') && (match.steps ?? []).length === 0)
    problems.push({ path: 'match.steps', message: 'is missing; multi-step tries the methods listed here' })
  if (match.weighted !== undefined) {
    const { match: least, review } = weighing(match)
    if (review > least)
      problems.push({
        path: 'match.weighted.thresholds.review',
        message: `is ${review} and must not be above match, which is ${least}`,
      })
  }
  return problems
}

/** Holds for what the shape above found nothing wrong with. */
const isProfile = (json: unknown): json is ImportProfile => isObject(json)
