import { getZone } from '../../catalog/zone.ts'
import { listProfiles, saveProfile, type StoredProfile } from '../../import/profile.ts'
import {
  compareVersions,
  getProfile,
  listProfileVersions,
  restoreProfile,
} from '../../import/profile-versions.ts'
import { ApiError } from '../api/error.ts'
import {
  ImportProfile,
  type Profile,
  ProfileChanges,
  ProfileChangesQuery,
  ProfileParams,
  Profiles,
  ProfileVersionPage,
  ProfileVersionParams,
  ProfileVersionQuery,
  type WholeProfile,
  WholeProfile as WholeProfileSchema,
} from '../api/profile.ts'
import { ZoneParams } from '../api/zone.ts'
import { byOf } from '../access.ts'
import type { App } from '../app.ts'
import type { ServerContext } from '../context.ts'
import { pageOf, readCursor } from '../cursor.ts'
import { bodyUnchecked, parseDraft } from '../draft-profile.ts'
import { profileSummary } from '../profile-summary.ts'
import { Refusal } from '../refusal.ts'

export function profileRoutes(app: App, { db }: ServerContext): void {
  app.get(
    '/api/zones/:zone/profiles',
    {
      config: { access: 'catalogue' },
      schema: {
        tags: ['import'],
        summary: 'The import profiles of a zone',
        params: ZoneParams,
        response: { 200: Profiles, '4xx': ApiError },
      },
    },
    async ({ params }) => {
      const profiles = await listProfiles(db, await getZone(db, params.zone))
      return profiles.map(profileRow)
    },
  )

  app.get(
    '/api/zones/:zone/profiles/:code',
    {
      config: { access: 'catalogue' },
      schema: {
        tags: ['import'],
        summary: 'A profile, whole',
        params: ProfileParams,
        response: { 200: WholeProfileSchema, '4xx': ApiError },
      },
    },
    async ({ params }) => {
      return wholeProfile(await getProfile(db, await getZone(db, params.zone), params.code))
    },
  )

  app.put(
    '/api/zones/:zone/profiles/:code',
    {
      config: { access: { may: 'profile.edit', in: 'zone' } },
      schema: {
        tags: ['import'],
        summary: 'Adds a profile, or a version of it',
        params: ProfileParams,
        body: ImportProfile,
        response: { 200: WholeProfileSchema, '4xx': ApiError },
      },
      validatorCompiler: bodyUnchecked,
    },
    async (request) => {
      const { params, body } = request
      const zone = await getZone(db, params.zone)
      const profile = parseDraft(body)
      if (profile.code !== params.code) {
        throw new Refusal(
          422,
          'OTHER_CODE',
          `The profile’s code is ${profile.code}, and the address says ${params.code}.`,
          { field: 'code' },
        )
      }
      await saveProfile(db, zone, profile, byOf(request))
      return wholeProfile(await getProfile(db, zone, params.code))
    },
  )

  app.get(
    '/api/zones/:zone/profiles/:code/versions',
    {
      config: { access: 'catalogue' },
      schema: {
        tags: ['import'],
        summary: 'The versions of a profile, newest first, with what each changed',
        params: ProfileParams,
        querystring: ProfileVersionQuery,
        response: { 200: ProfileVersionPage, '4xx': ApiError },
      },
    },
    async ({ params, query: { before, limit = 50 } }) => {
      const zone = await getZone(db, params.zone)
      const rows = await listProfileVersions(db, zone, params.code, {
        ...(before === undefined ? {} : { below: readCursor(before, ['number'])[0] }),
        limit: limit + 1,
      })
      return pageOf(rows, limit, ({ version }) => [version])
    },
  )

  app.get(
    '/api/zones/:zone/profiles/:code/versions/:version',
    {
      config: { access: 'catalogue' },
      schema: {
        tags: ['import'],
        summary: 'A profile as it was in a version',
        params: ProfileVersionParams,
        response: { 200: WholeProfileSchema, '4xx': ApiError },
      },
    },
    async ({ params }) =>
      wholeProfile(await getProfile(db, await getZone(db, params.zone), params.code, params.version)),
  )

  app.get(
    '/api/zones/:zone/profiles/:code/versions/:version/changes',
    {
      config: { access: 'catalogue' },
      schema: {
        tags: ['import'],
        summary: 'What differs between two versions of a profile',
        params: ProfileVersionParams,
        querystring: ProfileChangesQuery,
        response: { 200: ProfileChanges, '4xx': ApiError },
      },
    },
    async ({ params, query }) => {
      const zone = await getZone(db, params.zone)
      const { changes } = await compareVersions(db, zone, params.code, {
        from: query.from,
        to: params.version,
      })
      return { from: query.from, to: params.version, changes }
    },
  )

  app.post(
    '/api/zones/:zone/profiles/:code/versions/:version/restore',
    {
      config: { access: { may: 'profile.edit', in: 'zone' } },
      schema: {
        tags: ['import'],
        summary: 'Makes a profile again what it was in a version: a new version',
        params: ProfileVersionParams,
        response: { 200: WholeProfileSchema, '4xx': ApiError },
      },
    },
    async (request) => {
      const { params } = request
      const zone = await getZone(db, params.zone)
      await restoreProfile(db, zone, params.code, params.version, byOf(request))
      return wholeProfile(await getProfile(db, zone, params.code))
    },
  )
}

function profileRow({ zone, version, isCurrent, profile }: StoredProfile): Profile {
  const { code, name, type, active, useNetworkZone, originatingSystem } = profile
  return {
    zone,
    code,
    name,
    type,
    version,
    isCurrent,
    active,
    useNetworkZone,
    originatingSystem,
    summary: profileSummary(profile),
  }
}

const wholeProfile = (stored: StoredProfile): WholeProfile => ({
  ...profileRow(stored),
  changedAt: stored.changedAt,
  changedBy: stored.changedBy,
  profile: stored.profile,
})
