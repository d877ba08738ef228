import { TypeBoxValidatorCompiler } from '@fastify/type-provider-typebox'
import type { FastifySchemaCompiler } from 'fastify'
import type { TSchema } from 'typebox'
import type { ImportProfile } from '../rules/import-profile.ts'
import { parseProfile } from '../rules/parse-profile.ts'
import { Refusal } from './refusal.ts'

/** For routes whose body has a profile in it: `parseDraft` knows more than the schema, and says where and what was meant. */
export const bodyUnchecked: FastifySchemaCompiler<TSchema> = (route) =>
  route.httpPart === 'body' ? (value: unknown) => ({ value }) : TypeBoxValidatorCompiler(route)

/** A profile as it was sent, at a path of the body. @throws {Refusal} with every fault and where it is */
export function parseDraft(value: unknown, path = ''): ImportProfile {
  const parsed = parseProfile(value)
  if (parsed.ok) return parsed.profile
  const problems = parsed.problems.map((problem) => ({
    path: [path, problem.path].filter((part) => part !== '').join('.'),
    message: problem.message,
  }))
  throw new Refusal(
    422,
    'INVALID_PROFILE',
    `The profile has ${problems.length === 1 ? 'a fault' : `${problems.length} faults`}.`,
    { problems },
  )
}
