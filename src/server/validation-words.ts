import type { FastifySchemaValidationError } from 'fastify'
import type { Problem } from './api/error.ts'
import { patternWords } from './api/shape.ts'

type Fault = FastifySchemaValidationError

/**
 * What is wrong with a request, by its schema: in words, each fault once, with what would be right. Of alternatives
 * none of which fits, what is wrong by the one that was most likely meant.
 */
export function problemsOf(validation: readonly Fault[]): readonly Problem[] {
  return validation.flatMap((fault) => {
    if (validation.some((union) => isWithin(fault, union))) return []
    const within = validation.filter((each) => isWithin(each, fault))
    return within.length === 0 ? problemsOfOne(fault) : problemsOfUnion(fault, within)
  })
}

function problemsOfOne({ keyword, instancePath, message, params }: Fault): readonly Problem[] {
  const at = pathOf(instancePath)
  const unknown = params['additionalProperties']
  const missing = params['requiredProperties']
  const path = (name: unknown) => (at === '' ? String(name) : `${at}.${String(name)}`)
  if (Array.isArray(unknown)) return unknown.map((name) => ({ path: path(name), message: 'is not known' }))
  if (Array.isArray(missing)) return missing.map((name) => ({ path: path(name), message: 'is missing' }))
  // The schema of what is not known is false; that it is not known has been said.
  if (keyword === 'boolean') return []
  return [{ path: at, message: wordsOf(keyword, params) ?? message ?? 'is not valid' }]
}

const pathOf = (instancePath: string) => instancePath.slice(1).replaceAll('/', '.')

const branchesOf = ({ schemaPath }: Fault) => `${schemaPath}/anyOf/`

/** Whether a fault is one of an alternative of a union that has failed. */
const isWithin = (fault: Fault, union: Fault): boolean =>
  union.keyword === 'anyOf' &&
  fault.schemaPath.startsWith(branchesOf(union)) &&
  `${fault.instancePath}/`.startsWith(`${union.instancePath}/`)

/** The alternative of a union that a fault is of, and whether it is of no union inside that. */
function branchOf(fault: Fault, union: Fault): { readonly branch: string; readonly isDirect: boolean } {
  const [branch = '', ...rest] = fault.schemaPath.slice(branchesOf(union).length).split('/')
  return { branch, isDirect: !rest.includes('anyOf') }
}

function problemsOfUnion(union: Fault, within: readonly Fault[]): readonly Problem[] {
  const isAtTop = ({ instancePath }: Fault) => instancePath === union.instancePath
  const faults = within.filter(({ keyword }) => keyword !== 'anyOf')
  if (faults.every((fault) => isAtTop(fault) && (isChoice(fault) || fault.keyword === 'type')))
    return [oneOf(faults)]
  const branches = [...Map.groupBy(within, (fault) => branchOf(fault, union).branch).values()]
  const ofType = branches.filter(
    (branch) => !branch.some((fault) => isAtTop(fault) && fault.keyword === 'type'),
  )
  const possible = ofType.length === 0 ? branches : ofType
  const choices = possible.map((branch) =>
    branch.filter((fault) => isChoice(fault) && branchOf(fault, union).isDirect),
  )
  // What tells the alternatives apart is none that any of them has.
  const told = choices[0]?.find(({ instancePath }) =>
    choices.every((each) => each.some((choice) => choice.instancePath === instancePath)),
  )
  if (told !== undefined && possible.length > 1)
    return [oneOf(choices.flat().filter(({ instancePath }) => instancePath === told.instancePath))]
  const [nearest] = possible
    .map((branch, at) => {
      const problems = problemsOf(branch)
      const isOther = choices[at]?.filter(({ keyword }) => keyword === 'const').length ?? 0
      return { problems, rank: [isOther, problems.length, choices[at]?.length ?? 0] as const }
    })
    .toSorted(({ rank: a }, { rank: b }) => a[0] - b[0] || a[1] - b[1] || a[2] - b[2])
  return nearest?.problems ?? problemsOfOne(union)
}

const isChoice = ({ keyword }: Fault): boolean => keyword === 'const' || keyword === 'enum'

/** All that would be right at one place: values, and kinds of values. */
function oneOf(faults: readonly Fault[]): Problem {
  const values = new Set(
    faults.flatMap(({ params }) => params['allowedValues'] ?? params['allowedValue'] ?? []).map(String),
  )
  const types = new Set(
    faults.flatMap(({ keyword, params }) => (keyword === 'type' ? namesOfTypes(params['type']) : [])),
  )
  const listed = [...values].join(', ')
  const right = values.size === 0 ? [...types] : [values.size === 1 ? listed : `one of ${listed}`, ...types]
  return { path: pathOf(faults[0]?.instancePath ?? ''), message: `must be ${right.join(' or ')}` }
}

const typeWords: Readonly<Record<string, string>> = {
  integer: 'a whole number in decimal digits',
  number: 'a number',
  boolean: 'true or false',
  string: 'text',
  array: 'a list',
  object: 'an object',
  null: 'null',
}

const namesOfTypes = (type: unknown): readonly string[] =>
  [type].flat().map((name) => typeWords[String(name)] ?? String(name))

function wordsOf(keyword: string, params: Readonly<Record<string, unknown>>): string | null {
  const { allowedValues, allowedValue, pattern, type, limit } = params
  const bound = typeof limit === 'number' || typeof limit === 'bigint' ? limit : null
  switch (keyword) {
    case 'enum':
      return Array.isArray(allowedValues) ? `must be one of ${allowedValues.map(String).join(', ')}` : null
    case 'const':
      return `must be ${String(allowedValue)}`
    case 'type':
      return `must be ${namesOfTypes(type).join(' or ')}`
    case 'pattern':
      return patternWords[String(pattern)] ?? null
    case 'minimum':
      return bound === null ? null : `must be ${bound} or more`
    case 'maximum':
      return bound === null ? null : `must be ${bound} or less`
    case 'minLength':
    case 'minItems':
      if (bound === 1) return 'must not be empty'
      return bound === null ? null : `must have ${bound} ${things(keyword)} or more`
    case 'maxLength':
    case 'maxItems':
      return bound === null ? null : `must have ${bound} ${things(keyword)} or fewer`
    default:
      return null
  }
}

const things = (keyword: string) => (keyword.endsWith('Items') ? 'entries' : 'characters')
