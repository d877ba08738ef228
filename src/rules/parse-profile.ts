import { isTagPattern } from './field-pattern.ts'
import { parseField } from './field-text.ts'
import type { ImportProfile, NormalizeStep } from './import-profile.ts'
import { matchMethods } from './match/match-methods.ts'
import { mergeRules } from './merge/merge-rule.ts'
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
import { validationRules } from './validation/validate.ts'

const tagPattern = text((value) =>
  isTagPattern(value) ? null : `${value} is no tag; write three characters, X for any`,
)
const oneCharacter = text((value) => (value.length === 1 ? null : 'must be one character'))

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
    if (isObject(value) && 'any' in value) objectOf({ any: listOf(within) })(value, path, problems)
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
]

const doing = oneOf(normalizeSteps)

const bare = objectOf({ do: doing })

const normalizeStep = chosenBy('do', {
  'oclc-001-to-035': bare,
  'copy-019-to-035z': bare,
  'strip-oclc-export-fields': bare,
  'oclc-035-canonical': bare,
  'remove-empty-subfields': bare,
  'remove-fields': objectOf({ do: doing, tags: listOf(tagPattern) }),
  'add-field': objectOf({
    do: doing,
    field: text((value) => (parseField(value) ? null : `${value} is no field; write it as 590 ## $a Text`)),
  }),
} satisfies Record<NormalizeStep['do'], Shape>)

const method = oneOf(matchMethods.map(({ code }) => code))
const when = oneOf(['always', 'new'])

const profileShape = objectOf(
  {
    code: text((value) =>
      /^[a-z0-9][a-z0-9._-]{0,62}$/.test(value)
        ? null
        : 'must be small letters, digits, hyphens, dots or underscores',
    ),
    name: text((value) => (value.trim() === '' ? 'must not be empty' : null)),
    description: text(),
    type: oneOf(['repository', 'new-order', 'update-inventory']),
    active: truth,
    useNetworkZone: truth,
    originatingSystem: text(),
    reading: oneOf(['strict', 'repair', 'lossy']),
    filter: orNull(filter(0)),
    normalize: listOf(normalizeStep),
    validate: mapOf(Object.keys(validationRules), oneOf(['error', 'warning', 'off'])),
    match: objectOf(
      {
        method,
        serial: method,
        handling: oneOf(['automatic', 'manual']),
        multi: objectOf({
          disregardCommunity: truth,
          disregardCancelled: truth,
          preferSameCarrier: truth,
          skipUnresolved: truth,
        }),
      },
      ['serial'],
    ),
    onMatch: objectOf({
      action: oneOf(['merge', 'overlay', 'do-not-import', 'import']),
      mergeRule: oneOf(mergeRules.map(({ code }) => code)),
      briefGuard: truth,
      olderVersion: oneOf(['disabled', 'consider-originating-system', 'ignore-originating-system']),
      keepOriginatingSystem: truth,
    }),
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
  } satisfies Record<keyof ImportProfile, Shape>,
  ['description'],
)

/** Reads a profile from JSON; every fault is named with its path, and a misspelt name with the one that was meant. */
export function parseProfile(
  json: unknown,
):
  | { readonly ok: true; readonly profile: ImportProfile }
  | { readonly ok: false; readonly problems: readonly ShapeProblem[] } {
  const problems: ShapeProblem[] = []
  profileShape(json, '', problems)
  return problems.length === 0 && isProfile(json) ? { ok: true, profile: json } : { ok: false, problems }
}

/** Holds for what the shape above found nothing wrong with. */
const isProfile = (json: unknown): json is ImportProfile => isObject(json)
