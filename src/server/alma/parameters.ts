import { AlmaError } from './errors.ts'

/** A query as it was sent; clients of the API send more than an address takes, which is passed over. */
export type Parameters = Readonly<Record<string, string | undefined>>

/** @throws {AlmaError} 40166411 where a parameter is sent twice, or has a character that no text may have */
export function parametersOf(query: unknown): Parameters {
  const given = typeof query === 'object' && query !== null ? Object.entries(query) : []
  for (const [name, value] of given) {
    if (typeof value !== 'string') return refuse(name, 'is there twice')
    if (value.includes('\0')) refuse(name, 'has a character in it that no text may have (U+0000)')
  }
  return Object.fromEntries(given) as Parameters
}

/** @throws {AlmaError} 40166411 where it is neither true nor false */
export function isTrue(parameters: Parameters, name: string, usual: boolean): boolean {
  const value = parameters[name] ?? ''
  if (value === '') return usual
  if (value !== 'true' && value !== 'false') refuse(name, 'is true or false')
  return value === 'true'
}

/** @throws {AlmaError} 40166411 where it is none of them */
export function oneOf<const Value extends string>(
  parameters: Parameters,
  name: string,
  values: readonly [Value, ...Value[]],
): Value {
  const value = parameters[name] ?? ''
  if (value === '') return values[0]
  return values.find((known) => known === value) ?? refuse(name, `is one of ${values.join(', ')}`)
}

/** @throws {AlmaError} 40166411 where it is no number from 0 to `most` */
export function countOf(parameters: Parameters, name: string, usual: number, most: number): number {
  const value = parameters[name] ?? ''
  if (value === '') return usual
  if (!/^\d{1,9}$/.test(value) || Number(value) > most) refuse(name, `is a number from 0 to ${most}`)
  return Number(value)
}

function refuse(name: string, what: string): never {
  throw new AlmaError('40166411', { more: `${name} ${what}.` })
}
