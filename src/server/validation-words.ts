import type { FastifySchemaValidationError } from 'fastify'
import type { Problem } from './api/error.ts'
import { patternWords } from './api/shape.ts'

/** What is wrong with a request, by its schema: in words, each fault once, with what would be right. */
export function problemsOf(validation: readonly FastifySchemaValidationError[]): readonly Problem[] {
  return validation.flatMap(({ keyword, instancePath, message, params }) => {
    const at = instancePath.slice(1).replaceAll('/', '.')
    const unknown = params['additionalProperties']
    const missing = params['requiredProperties']
    const path = (name: unknown) => (at === '' ? String(name) : `${at}.${String(name)}`)
    if (Array.isArray(unknown)) return unknown.map((name) => ({ path: path(name), message: 'is not known' }))
    if (Array.isArray(missing)) return missing.map((name) => ({ path: path(name), message: 'is missing' }))
    // The schema of what is not known is false; that it is not known has been said.
    if (keyword === 'boolean') return []
    return [{ path: at, message: wordsOf(keyword, params) ?? message ?? 'is not valid' }]
  })
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

function wordsOf(keyword: string, params: Readonly<Record<string, unknown>>): string | null {
  const { allowedValues, allowedValue, pattern, type, limit } = params
  const bound = typeof limit === 'number' || typeof limit === 'bigint' ? limit : null
  switch (keyword) {
    case 'enum':
      return Array.isArray(allowedValues) ? `must be one of ${allowedValues.map(String).join(', ')}` : null
    case 'const':
      return `must be ${String(allowedValue)}`
    case 'type': {
      const names = (Array.isArray(type) ? type : [type]).map(
        (name) => typeWords[String(name)] ?? String(name),
      )
      return `must be ${names.join(' or ')}`
    }
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
