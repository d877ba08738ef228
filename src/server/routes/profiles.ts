import { TypeBoxValidatorCompiler } from '@fastify/type-provider-typebox'
import { getZone } from '../../catalog/zone.ts'
import { findProfile, listProfiles, saveProfile, type StoredProfile } from '../../import/profile.ts'
import { parseProfile } from '../../rules/parse-profile.ts'
import { ApiError } from '../api/error.ts'
import {
  ImportProfile,
  type Profile,
  ProfileParams,
  Profiles,
  type WholeProfile,
  WholeProfile as WholeProfileSchema,
} from '../api/profile.ts'
import { ZoneParams } from '../api/zone.ts'
import type { App } from '../app.ts'
import type { ServerContext } from '../context.ts'
import { profileSummary } from '../profile-summary.ts'
import { notFound, Refusal } from '../refusal.ts'

export function profileRoutes(app: App, { db, person }: ServerContext): void {
  app.get(
    '/api/zones/:zone/profiles',
    {
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
      schema: {
        tags: ['import'],
        summary: 'A profile, whole',
        params: ProfileParams,
        response: { 200: WholeProfileSchema, '4xx': ApiError },
      },
    },
    async ({ params }) => {
      const zone = await getZone(db, params.zone)
      return wholeProfile(
        (await findProfile(db, zone, params.code)) ?? notFound(`${zone.code} has no profile ${params.code}.`),
      )
    },
  )

  app.put(
    '/api/zones/:zone/profiles/:code',
    {
      schema: {
        tags: ['import'],
        summary: 'Adds a profile, or a version of it',
        params: ProfileParams,
        body: ImportProfile,
        response: { 200: WholeProfileSchema, '4xx': ApiError },
      },
      // `parseProfile` knows more than the schema, and says where and what was meant.
      validatorCompiler: (route) =>
        route.httpPart === 'body' ? (value: unknown) => ({ value }) : TypeBoxValidatorCompiler(route),
    },
    async ({ params, body }) => {
      const zone = await getZone(db, params.zone)
      const parsed = parseProfile(body)
      if (!parsed.ok) {
        const problems = parsed.problems.map(({ path, message }) => ({ path, message }))
        throw new Refusal(
          422,
          'INVALID_PROFILE',
          `The profile has ${problems.length === 1 ? 'a fault' : `${problems.length} faults`}.`,
          { problems },
        )
      }
      if (parsed.profile.code !== params.code) {
        throw new Refusal(
          422,
          'OTHER_CODE',
          `The profile’s code is ${parsed.profile.code}, and the address says ${params.code}.`,
          { field: 'code' },
        )
      }
      await saveProfile(db, zone, parsed.profile, person)
      return wholeProfile(
        (await findProfile(db, zone, params.code)) ?? notFound(`${zone.code} has no profile ${params.code}.`),
      )
    },
  )
}

function profileRow({ zone, version, profile }: StoredProfile): Profile {
  const { code, name, type, active, useNetworkZone, originatingSystem } = profile
  return {
    zone,
    code,
    name,
    type,
    version,
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
