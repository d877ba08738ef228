import type { FastifyRequest } from 'fastify'
import { findBibPages } from '../../catalog/bib-page.ts'
import { linkBib, unlinkBib } from '../../catalog/share-bib.ts'
import { listZones, type Zone } from '../../catalog/zone.ts'
import type { Database } from '../../db/database.ts'
import { findBriefLevels } from '../../import/brief-rule.ts'
import { importOne } from '../../import/import-one.ts'
import { readRecord } from '../../import/read-record.ts'
import { addBib, removeBib, type SaveOptions, updateBib } from '../../import/save-bib.ts'
import { packField } from '../../marc/packed.ts'
import { controlValue, type MarcRecord } from '../../marc/record.ts'
import type { Permission } from '../../people/permissions.ts'
import { codeRemedies, codeSentences } from '../../rules/outcome.ts'
import type { Problem } from '../../rules/validation/problem.ts'
import { validationRules } from '../../rules/validation/validation-rules.ts'
import { actorOfRequest, byOf } from '../access.ts'
import type { App } from '../app.ts'
import type { ServerContext } from '../context.ts'
import { holdToZone } from '../hold-to.ts'
import { availabilityTags } from './availability.ts'
import { bibAnswer, linkNumber } from './bib-answer.ts'
import { readBibBody } from './bib-body.ts'
import { askedOf, askedToWrite, bodyOf, refuseLevels } from './asked.ts'
import { AlmaBibParams, getShown, mmsIdOf, rootOf } from './bibs.ts'
import { AlmaError } from './errors.ts'
import { isTrue, type Parameters } from './parameters.ts'
import { sendAnswer } from './reply.ts'

/** Bibs as they are written. */
export function almaWriteBibRoutes(scope: App, { db }: ServerContext): void {
  scope.post(
    '/almaws/v1/bibs',
    {
      config: { access: { may: 'bib.edit', in: 'key' } },
      schema: {
        tags: ['alma'],
        summary: 'Adds a bib, links one of the network or the community zone, or imports one by a profile',
      },
    },
    async (request, reply) => {
      const { parameters, zone } = await askedToWrite(db, request)
      const made = await make(db, zone, request, parameters)
      const bib = await getShown(db, zone, made.mmsId, 'full', made.warnings)
      return sendAnswer(request, reply, bibAnswer(bib, rootOf(request)))
    },
  )

  scope.put(
    '/almaws/v1/bibs/:mms_id',
    {
      config: { access: { may: 'bib.edit', in: 'key' } },
      schema: { tags: ['alma'], summary: 'Makes a bib what is sent', params: AlmaBibParams },
    },
    async (request, reply) => {
      const { parameters, zone } = await askedToWrite(db, request)
      const mmsId = mmsIdOf(request.params.mms_id)
      const { record, tags } = await recordOf(db, zone, request, mmsId)
      const options = { ...savingOf(request, zone, parameters), tags }
      const [page] = await findBibPages(db, zone, [mmsId])
      if (!page) throw new AlmaError('402203', { about: mmsId })
      const isStaleChecked = isTrue(parameters, 'stale_version_check', false)
      if (isStaleChecked && controlValue(record, '005') !== controlValue(page.record, '005'))
        throw new AlmaError('4022034', {
          more: `Its 005 is ${controlValue(page.record, '005') ?? 'not there'}, and that of the record sent is ${controlValue(record, '005') ?? 'not there'}.`,
        })
      const isOfCommunity = await isLinkedToCommunity(db, page.linkedMmsId)
      const { problems, ignored } = await updateBib(db, zone, mmsId, record, {
        ...options,
        ...(isStaleChecked ? { version: page.version } : {}),
        sharedFields: isOfCommunity ? 'refuse' : 'ignore',
      })
      const left =
        ignored.length === 0
          ? []
          : [`Shared with ${page.linkedMmsId}, and left as they are: ${ignored.join(', ')}.`]
      const bib = await getShown(db, zone, mmsId, 'full', [...warningsOf(problems), ...left])
      return sendAnswer(request, reply, bibAnswer(bib, rootOf(request)))
    },
  )

  scope.post(
    '/almaws/v1/bibs/:mms_id',
    {
      config: { access: { may: 'bib.share', in: 'key' } },
      schema: {
        tags: ['alma'],
        summary: 'op=unlink_from_nz makes a linked bib the institution’s own',
        params: AlmaBibParams,
      },
    },
    async (request, reply) => {
      const { parameters, zone } = await askedToWrite(db, request)
      const mmsId = mmsIdOf(request.params.mms_id)
      if (parameters['op'] !== 'unlink_from_nz')
        throw new AlmaError('40166411', { more: 'op is unlink_from_nz.' })
      if (zone.kind === 'network') throw new AlmaError('40166452')
      const levels = await findBriefLevels(db, zone)
      const unlinked = await unlinkBib(db, zone, mmsId, { by: byOf(request), levels })
      if (!unlinked.ok) {
        if (unlinked.code === 'NO_SUCH_BIB') throw new AlmaError('33007', { about: mmsId })
        throw new AlmaError('401652', { more: `${unlinked.message} ${unlinked.remedy}` })
      }
      return sendAnswer(request, reply, bibAnswer(await getShown(db, zone, mmsId), rootOf(request)))
    },
  )

  scope.delete(
    '/almaws/v1/bibs/:mms_id',
    {
      config: { access: { may: 'bib.delete', in: 'key' } },
      schema: { tags: ['alma'], summary: 'Deletes a bib on which nothing hangs', params: AlmaBibParams },
    },
    async (request, reply) => {
      const { parameters, zone } = await askedOf(db, request)
      const override = parameters['override'] ?? ''
      if (!['', 'true', 'false'].includes(override)) throw new AlmaError('401873')
      refuseLevels(parameters)
      await removeBib(db, zone, mmsIdOf(request.params.mms_id), { by: byOf(request) })
      return reply.code(204).send()
    },
  )
}

type Made = { readonly mmsId: string; readonly warnings: readonly string[] }

async function make(
  db: Database,
  zone: Zone,
  request: FastifyRequest,
  parameters: Parameters,
): Promise<Made> {
  const {
    from_nz_mms_id: network = '',
    from_cz_mms_id: community = '',
    import_profile: profile = '',
  } = parameters
  if (network !== '' && community !== '')
    throw new AlmaError('40166411', { more: 'from_nz_mms_id and from_cz_mms_id are not both taken.' })
  if (network !== '') return link(db, zone, request, network)
  if (community !== '') return link(db, zone, request, community)
  if (profile !== '') return importBy(db, zone, request, profile)
  const { record, tags } = await recordOf(db, zone, request, null)
  const options = { ...savingOf(request, zone, parameters), tags }
  const { mmsId, problems } = await addBib(db, zone, record, options)
  return { mmsId, warnings: warningsOf(problems) }
}

async function link(db: Database, zone: Zone, request: FastifyRequest, source: string): Promise<Made> {
  const { hasRecord } = readBibBody(bodyOf(request))
  if (hasRecord)
    throw new AlmaError('402209', {
      more: 'A linked bib is made from an empty <bib/>: its record is the other’s.',
    })
  if (zone.kind === 'network') throw new AlmaError('40166452')
  holdTo(request, 'bib.share', zone.code)
  const linked = await linkBib(db, zone, mmsIdOf(source), byOf(request))
  if (linked.ok) return { mmsId: linked.mmsId, warnings: [] }
  if (linked.code === 'NO_SUCH_BIB') throw new AlmaError('33007', { about: source })
  throw new AlmaError('402210', { more: `${linked.message} ${linked.remedy}` })
}

async function importBy(db: Database, zone: Zone, request: FastifyRequest, profile: string): Promise<Made> {
  const body = bodyOf(request)
  if (!readBibBody(body).hasRecord) throw new AlmaError('402209', { more: 'There is no <record>.' })
  const result = await importOne(db, zone, {
    profile,
    record: body,
    by: byOf(request),
    holdTo: (code) => holdTo(request, 'bib.edit', code),
  })
  const { outcome, code, mmsId, linkedMmsId, candidates } = result
  const isThere =
    outcome === 'created' || outcome === 'merged' || outcome === 'overlaid' || outcome === 'unchanged'
  if (!isThere || mmsId === null) {
    const why = code === null ? outcome : `${code}: ${codeSentences[code]} ${codeRemedies[code]}`
    const named = candidates.length === 0 ? '' : ` Candidates: ${candidates.join(', ')}.`
    throw new AlmaError('402210', { more: `${why}${named}` })
  }
  return { mmsId: linkedMmsId ?? mmsId, warnings: [`The profile ${profile} has ${outcome} the bib.`] }
}

/** The record of the body, without what was added to it when it was answered, and the tags beside it. */
async function recordOf(db: Database, zone: Zone, request: FastifyRequest, mmsId: string | null) {
  const body = bodyOf(request)
  const { hasRecord, tags } = readBibBody(body)
  if (!hasRecord) throw new AlmaError('402209', { more: 'There is no <record>.' })
  const { record } = await readRecord(body)
  const [page] = mmsId === null ? [] : await findBibPages(db, zone, [mmsId])
  const linkedMmsId = page?.linkedMmsId ?? null
  return {
    record: withoutAdded(record, linkedMmsId === null ? null : await linkText(db, linkedMmsId)),
    tags,
  }
}

const withoutAdded = (record: MarcRecord, link: string | null): MarcRecord => ({
  ...record,
  fields: record.fields.filter((field) => !availabilityTags.has(field.tag) && packField(field) !== link),
})

async function linkText(db: Database, linkedMmsId: string): Promise<string | null> {
  const linkedTo = (await listZones(db)).find(({ suffix }) => linkedMmsId.endsWith(suffix))
  return linkedTo ? packField(linkNumber(linkedTo, linkedMmsId)) : null
}

async function isLinkedToCommunity(db: Database, linkedMmsId: string | null): Promise<boolean> {
  if (linkedMmsId === null) return false
  const zones = await listZones(db)
  return zones.some(({ kind, suffix }) => kind === 'community' && linkedMmsId.endsWith(suffix))
}

function savingOf(request: FastifyRequest, zone: Zone, parameters: Parameters): SaveOptions {
  const actor = actorOfRequest(request)
  const overrideLock = isTrue(parameters, 'override_lock', false)
  if (overrideLock) holdTo(request, 'bib.release', zone.code)
  const { normalization = '' } = parameters
  return {
    by: actor.name,
    overrideLock,
    checkMatch: isTrue(parameters, 'check_match', false),
    skipValidation: !isTrue(parameters, 'validate', false),
    heedWarnings: isTrue(parameters, 'validate', false) && !isTrue(parameters, 'override_warning', true),
    ...(normalization === '' ? {} : { normalization }),
  }
}

/** @throws {Refusal} for what the key's owner may not do there */
const holdTo = (request: FastifyRequest, permission: Permission, zone: string): void =>
  holdToZone(actorOfRequest(request), permission, zone)

const warningsOf = (problems: readonly Problem[]): string[] =>
  problems.map(
    ({ code, field }) => `${code}${field === null ? '' : ` ${field}`}: ${validationRules[code].message}`,
  )
