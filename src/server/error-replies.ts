import type { FastifyError, FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { ZoneNotFound } from '../catalog/zone.ts'
import { errorCode, isDataError, isDiskFull, isTransient } from '../db/errors.ts'
import { SearchRefusal } from '../catalog/search/refusal.ts'
import { BibRefusal } from '../import/bib-refusal.ts'
import { ImportRefusal } from '../import/refusal.ts'
import { InvalidRule } from '../import/save-rule.ts'
import { InventoryRefusal } from '../inventory/refusal.ts'
import { PeopleRefusal } from '../people/refusal.ts'
import { validationRules } from '../rules/validation/validation-rules.ts'
import type { ApiError } from './api/error.ts'
import { Refusal } from './refusal.ts'
import { problemsOf } from './validation-words.ts'

type Reply = { readonly status: number; readonly error: ApiError['error'] }

/** Answers every failure in the API's one shape; what the client did not cause is logged and named by an id alone. */
export function replyToErrors(app: FastifyInstance): void {
  app.setErrorHandler((error: unknown, request: FastifyRequest, reply: FastifyReply) => {
    // Of a file that was to be sent instead.
    reply.type('application/json; charset=utf-8').removeHeader('content-disposition')
    const known = knownReply(error)
    if (known === null) {
      request.log.error(loggable(error), 'request failed')
      return reply.code(500).send({
        error: {
          code: 'INTERNAL',
          message: 'The server met a fault of its own.',
          remedy: 'Try again; if it stays, report it with its id, which is in the log.',
          requestId: request.id,
        },
      } satisfies ApiError)
    }
    if (known.status >= 500) request.log.warn(loggable(error), 'request could not be served')
    if (error instanceof Refusal && error.details.allow !== undefined)
      reply.header('allow', error.details.allow)
    const requestId = known.status >= 500 ? { requestId: request.id } : {}
    return reply.code(known.status).send({ error: { ...known.error, ...requestId } } satisfies ApiError)
  })
}

function knownReply(error: unknown): Reply | null {
  if (error instanceof Refusal) {
    const { status, code, message, details } = error
    const { allow: _allow, ...shown } = details
    return { status, error: { code, message, ...shown } }
  }
  if (error instanceof ZoneNotFound)
    return { status: 404, error: { code: 'NO_SUCH_ZONE', message: error.message } }
  if (error instanceof ImportRefusal) {
    const { kind, code, message, remedy } = error
    const problems =
      error instanceof InvalidRule
        ? { problems: error.problems.map((problem) => ({ path: 'text', ...problem })) }
        : error instanceof BibRefusal
          ? bibDetails(error.details)
          : {}
    return {
      status: importStatuses[code] ?? kindStatuses[kind],
      error: { code, message, remedy, ...problems },
    }
  }
  if (error instanceof InventoryRefusal) {
    const { kind, code, message, remedy, current } = error
    return {
      status: kindStatuses[kind],
      error: { code, message, remedy, ...(current ? { current } : {}) },
    }
  }
  if (error instanceof PeopleRefusal) {
    const { kind, code, message, remedy } = error
    return { status: peopleStatuses[kind], error: { code, message, remedy } }
  }
  if (error instanceof SearchRefusal) {
    const { code, message, remedy } = error
    return { status: searchStatuses[code] ?? 400, error: { code, message, remedy } }
  }
  if (isFastifyError(error)) return replyToFastify(error)
  // Text that PostgreSQL cannot keep: U+0000, in a column and in JSON.
  if (errorCode(error) === '22021' || errorCode(error) === '22P05') {
    return {
      status: 400,
      error: {
        code: 'INVALID_TEXT',
        message: 'The request has a character in it that no text may have (U+0000).',
      },
    }
  }
  if (isDiskFull(error)) {
    return {
      status: 507,
      error: {
        code: 'DISK_FULL',
        message: 'The disk is full.',
        remedy: 'Make room on it and try again; nothing was changed.',
      },
    }
  }
  if (isTransient(error)) {
    return {
      status: 503,
      error: {
        code: 'DATABASE_AWAY',
        message: 'The database does not answer just now.',
        remedy: 'Try again in a moment; nothing was changed.',
      },
    }
  }
  return null
}

const searchStatuses: Readonly<Record<string, number>> = {
  SEARCH_TOO_LONG: 503,
  NO_SUCH_SET: 404,
  SET_EXISTS: 409,
  SET_IS_LOGICAL: 409,
}

/** Findings with the place in the record as their path. */
function bibDetails({ problems, ...details }: BibRefusal['details']): Partial<ApiError['error']> {
  if (!problems) return details
  return {
    ...details,
    problems: problems.map(({ code, severity, field, at }) => ({
      path: field ?? '',
      message: validationRules[code].message,
      severity,
      code,
      ...(at === null ? {} : { at }),
    })),
  }
}

const peopleStatuses: Record<PeopleRefusal['kind'], number> = {
  missing: 404,
  conflict: 409,
  invalid: 422,
  refused: 401,
  wait: 429,
}

const kindStatuses: Record<(ImportRefusal | InventoryRefusal)['kind'], number> = {
  missing: 404,
  conflict: 409,
  invalid: 422,
}

/** Where HTTP has a status for just that. */
const importStatuses: Readonly<Record<string, number>> = {
  FILE_TOO_LARGE: 413,
  RULE_TOO_LARGE: 413,
  RULES_BUSY: 503,
  DISK_FULL: 507,
}

const isFastifyError = (error: unknown): error is FastifyError =>
  error instanceof Error && (errorCode(error)?.startsWith('FST_') === true || 'validation' in error)

const fastifyReplies: Readonly<Record<string, Reply>> = {
  FST_ERR_CTP_BODY_TOO_LARGE: {
    status: 413,
    error: {
      code: 'TOO_LARGE',
      message: 'The body is larger than the limit of 1 MB.',
      remedy: 'Files go to /api/files.',
    },
  },
  FST_ERR_CTP_INVALID_MEDIA_TYPE: {
    status: 415,
    error: {
      code: 'WRONG_CONTENT_TYPE',
      message: 'The body is of a type that this address does not take.',
      remedy: 'Send JSON as application/json.',
    },
  },
  FST_ERR_CTP_EMPTY_JSON_BODY: {
    status: 400,
    error: { code: 'EMPTY_BODY', message: 'The body is empty, and Content-Type says JSON.' },
  },
  FST_ERR_CTP_INVALID_JSON_BODY: {
    status: 400,
    error: { code: 'INVALID_JSON', message: 'The body is not well-formed JSON.' },
  },
}

function replyToFastify(error: FastifyError): Reply | null {
  if (error.validation) return replyToValidation(error.validation, error.validationContext)
  const known = fastifyReplies[error.code]
  if (known !== undefined) return known
  const status = error.statusCode ?? 500
  if (status >= 500) return null
  return { status, error: { code: 'BAD_REQUEST', message: 'The request cannot be read.' } }
}

const parts: Readonly<Record<string, string>> = {
  body: 'the body',
  querystring: 'the query',
  params: 'the address',
  headers: 'the headers',
}

function replyToValidation(
  validation: NonNullable<FastifyError['validation']>,
  context: string | undefined,
): Reply {
  const problems = problemsOf(validation)
  const first = problems[0]
  const field = first?.path === undefined || first.path === '' ? {} : { field: first.path }
  const where = parts[context ?? ''] ?? 'the request'
  const what =
    first === undefined ? 'is not valid' : `${first.path === '' ? '' : `${first.path} `}${first.message}`
  return {
    status: 400,
    error: { code: 'INVALID_REQUEST', message: `In ${where}: ${what}.`, ...field, problems },
  }
}

/**
 * For the log: what and where, never the text of a record. A data error's message and detail quote
 * values, and so may any error's, hence of the stack only the places.
 */
function loggable(error: unknown) {
  if (!(error instanceof Error)) return { fault: { name: typeof error } }
  const places = (error.stack ?? '').split('\n').filter((line) => /^\s+at /.test(line))
  return {
    fault: {
      name: error.name,
      code: errorCode(error),
      ...(isDataError(error) ? {} : { message: error.message.slice(0, 300) }),
      at: places.slice(0, 8).map((place) => place.trim()),
    },
  }
}
