import type { FastifyReply, FastifyRequest } from 'fastify'
import { type AlmaError } from './errors.ts'
import { type Element, element, xmlOf } from './xml.ts'

/** An answer in both of the API's forms. */
export type Answer = { readonly xml: Element; readonly json: object }

const namespace = 'http://com/exlibris/urm/general/xmlbeans'

/** XML, or JSON where `format` or else Accept asks for it. */
export function sendAnswer(
  request: FastifyRequest,
  reply: FastifyReply,
  { xml, json }: Answer,
): FastifyReply {
  return asksJson(request)
    ? reply.type('application/json; charset=utf-8').send(JSON.stringify(json))
    : reply.type('application/xml; charset=utf-8').send(xmlOf(xml))
}

/** The envelope of the API's errors; `trackingId` is the request's own, which is in the log. */
export function sendError(
  request: FastifyRequest,
  reply: FastifyReply,
  { code, message, status }: AlmaError,
): FastifyReply {
  const trackingId = request.id
  const error = [
    element('errorCode', code),
    element('errorMessage', message),
    element('trackingId', trackingId),
  ]
  return sendAnswer(request, reply.code(status), {
    xml: element(
      'web_service_result',
      [element('errorsExist', 'true'), element('errorList', [element('error', error)])],
      { xmlns: namespace },
    ),
    json: {
      errorsExist: true,
      errorList: { error: [{ errorCode: code, errorMessage: message, trackingId }] },
      result: null,
    },
  })
}

function asksJson({ query, headers }: FastifyRequest): boolean {
  const format = typeof query === 'object' && query !== null ? Reflect.get(query, 'format') : undefined
  if (format === 'json') return true
  if (format === 'xml') return false
  const accept = headers.accept ?? ''
  const json = accept.search(/\bapplication\/json\b/)
  const xml = accept.search(/\b(?:application|text)\/xml\b/)
  return json !== -1 && (xml === -1 || json < xml)
}
