import type { Static } from 'typebox'
import { findBibVersion } from '../../catalog/bib-past.ts'
import { getZone, type Zone } from '../../catalog/zone.ts'
import { readRecord } from '../../import/read-record.ts'
import { restoreBib } from '../../import/restore-bib.ts'
import type { Saved } from '../../import/run-edit.ts'
import { addBib, removeBib, type SaveOptions, tagBib, updateBib, type Writer } from '../../import/save-bib.ts'
import type { Repair } from '../../marc/frame.ts'
import { unpack } from '../../marc/packed.ts'
import type { BibState } from '../../rules/bib-state.ts'
import { diffRecords } from '../../rules/diff.ts'
import type { EditTags } from '../../rules/edit.ts'
import { validationRules } from '../../rules/validation/validation-rules.ts'
import {
  AddBibQuery,
  BibParams,
  RestoreBibQuery,
  RestoredBib,
  SavedBib,
  Tags,
  TwoVersionParams,
  UpdateBibQuery,
  VersionDiff,
  VersionParams,
  WriteBibQuery,
} from '../api/bib.ts'
import { ApiError } from '../api/error.ts'
import { ZoneParams } from '../api/zone.ts'
import { byOf } from '../access.ts'
import type { App } from '../app.ts'
import type { ServerContext } from '../context.ts'
import { bodyUnchecked } from '../draft-profile.ts'
import { marcBody, takeMarc } from '../marc-body.ts'
import { notFound } from '../refusal.ts'

const describedSave =
  'The body is one record: ISO 2709 (`application/marc`), MARCXML (`application/marcxml+xml`, `application/xml`), ' +
  'MARC-in-JSON (`application/marc-in-json`, `application/json`) or mnemonic text (`text/plain`). It is corrected, ' +
  'validated and levelled by the zone’s profile `editor`.'

/** Bibs that a person or a program of theirs writes. */
export async function editBibRoutes(app: App, { db }: ServerContext): Promise<void> {
  await app.register(async (scope: App) => {
    takeMarc(scope)

    scope.post(
      '/api/zones/:zone/bibs',
      {
        config: { access: { may: 'bib.edit', in: 'zone' } },
        schema: {
          tags: ['catalogue'],
          summary: 'Adds a bib',
          description: describedSave,
          params: ZoneParams,
          querystring: AddBibQuery,
          ...marcBody,
          response: { 201: SavedBib, '4xx': ApiError },
        },
        validatorCompiler: bodyUnchecked,
      },
      async (request, reply) => {
        const zone = await getZone(db, request.params.zone)
        const { record, repairs } = await readRecord(request.body ?? new Uint8Array())
        const saved = await addBib(db, zone, record, savingOf(request.query, byOf(request)))
        return reply.code(201).send(savedOf(zone, saved, repairs))
      },
    )

    scope.put(
      '/api/zones/:zone/bibs/:mmsId',
      {
        config: { access: { may: 'bib.edit', in: 'zone' } },
        schema: {
          tags: ['catalogue'],
          summary: 'Makes a bib what is sent; of a linked one its local fields',
          description: `${describedSave} A linked bib may be sent whole or as its local fields alone; shared fields that differ are refused.`,
          params: BibParams,
          querystring: UpdateBibQuery,
          ...marcBody,
          response: { 200: SavedBib, '4xx': ApiError },
        },
        validatorCompiler: bodyUnchecked,
      },
      async (request) => {
        const { params, query } = request
        const zone = await getZone(db, params.zone)
        const { record, repairs } = await readRecord(request.body ?? new Uint8Array())
        const options = { ...savingOf(query, byOf(request)), ...writerOf(query, byOf(request)) }
        const { ignored: _none, ...saved } = await updateBib(db, zone, params.mmsId, record, options)
        return savedOf(zone, saved, repairs)
      },
    )
  })

  app.delete(
    '/api/zones/:zone/bibs/:mmsId',
    {
      config: { access: { may: 'bib.delete', in: 'zone' } },
      schema: {
        tags: ['catalogue'],
        summary: 'Deletes a bib on which nothing hangs; its versions stay',
        params: BibParams,
        querystring: WriteBibQuery,
        response: { 200: SavedBib, '4xx': ApiError },
      },
    },
    async (request) => {
      const { params, query } = request
      const zone = await getZone(db, params.zone)
      return savedOf(zone, await removeBib(db, zone, params.mmsId, writerOf(query, byOf(request))))
    },
  )

  app.put(
    '/api/zones/:zone/bibs/:mmsId/tags',
    {
      config: { access: { may: 'bib.edit', in: 'zone' } },
      schema: {
        tags: ['catalogue'],
        summary: 'Sets management tags: suppressed from discovery, published to OCLC',
        params: BibParams,
        querystring: WriteBibQuery,
        body: Tags,
        response: { 200: SavedBib, '4xx': ApiError },
      },
    },
    async (request) => {
      const { params, query, body } = request
      const zone = await getZone(db, params.zone)
      return savedOf(zone, await tagBib(db, zone, params.mmsId, body, writerOf(query, byOf(request))))
    },
  )

  app.post(
    '/api/zones/:zone/bibs/:mmsId/versions/:version/restore',
    {
      config: { access: { may: 'bib.edit', in: 'zone' } },
      schema: {
        tags: ['catalogue'],
        summary: 'Makes the record of a bib again what it was in a version, as a new version',
        description: 'A deleted bib comes back under its number.',
        params: VersionParams,
        querystring: RestoreBibQuery,
        response: { 200: RestoredBib, '4xx': ApiError },
      },
    },
    async (request) => {
      const { params, query } = request
      const zone = await getZone(db, params.zone)
      const { keepLater = false } = query
      const options = { ...writerOf(query, byOf(request)), keepLater }
      const { conflicts, ...saved } = await restoreBib(db, zone, params.mmsId, params.version, options)
      return { ...savedOf(zone, saved), conflicts }
    },
  )

  app.get(
    '/api/zones/:zone/bibs/:mmsId/versions/:version/diff/:other',
    {
      config: { access: 'catalogue' },
      schema: {
        tags: ['catalogue'],
        summary: 'What differs from one version of a bib to another',
        params: TwoVersionParams,
        response: { 200: VersionDiff, '4xx': ApiError },
      },
    },
    async ({ params: { zone: code, mmsId, version, other } }) => {
      const zone = await getZone(db, code)
      const before = await getVersion(zone, mmsId, version)
      const after = await getVersion(zone, mmsId, other)
      return {
        before: version,
        after: other,
        diff: diffRecords(unpack(before.record), unpack(after.record)),
        tags: tagDiff(before, after),
      }
    },
  )

  async function getVersion(zone: Zone, mmsId: string, version: number): Promise<BibState> {
    const bib = await findBibVersion(db, zone.zoneId, mmsId, version)
    if (bib !== null && bib.record !== '') return bib
    return notFound(
      bib === null
        ? `Bib ${mmsId} of ${zone.name} (${zone.code}) has no version ${version}.`
        : `Version ${version} of bib ${mmsId} is its deletion, and has no record.`,
      'Its versions are listed at …/versions.',
    )
  }
}

function writerOf(
  { ifVersion, lock }: { readonly ifVersion?: number; readonly lock?: string },
  by: string,
): Writer {
  return {
    by,
    ...(ifVersion === undefined ? {} : { version: ifVersion }),
    ...(lock === undefined ? {} : { lock }),
  }
}

function savingOf(
  { checkMatch = false, heedWarnings = false, ...tags }: Static<typeof AddBibQuery>,
  by: string,
): SaveOptions {
  return { by, checkMatch, heedWarnings, tags: tagsOf(tags) }
}

const tagsOf = ({ suppressed, publishToOclc }: EditTags): EditTags => ({
  ...(suppressed === undefined ? {} : { suppressed }),
  ...(publishToOclc === undefined ? {} : { publishToOclc }),
})

const savedOf = (zone: Zone, { problems, ...saved }: Saved, repairs: readonly Repair[] = []): SavedBib => ({
  ...saved,
  zone: zone.code,
  findings: problems.map((problem) => {
    const { message, remedy } = validationRules[problem.code]
    return { ...problem, message, remedy }
  }),
  repairs,
})

function tagDiff(before: BibState, after: BibState): VersionDiff['tags'] {
  const shown = ({ suppressed, publishToOclc, linkedMmsId }: BibState) => ({
    suppressed: String(suppressed),
    publishToOclc,
    linkedMmsId: linkedMmsId ?? '',
  })
  const was = Object.entries(shown(before))
  const is = new Map(Object.entries(shown(after)))
  return was.flatMap(([name, value]) => {
    const now = is.get(name) ?? ''
    return now === value ? [] : [{ name, before: value, after: now }]
  })
}
