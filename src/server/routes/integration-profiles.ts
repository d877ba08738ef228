import { TypeBoxValidatorCompiler } from '@fastify/type-provider-typebox'
import { getZone } from '../../catalog/zone.ts'
import { connexionSettings } from '../../import/connexion-settings.ts'
import {
  getIntegrationProfile,
  listIntegrationProfiles,
  parseIntegration,
  renewSecret,
  saveIntegrationProfile,
  shippedIntegration,
} from '../../import/integration-profile.ts'
import { ApiError } from '../api/error.ts'
import {
  ConnexionSettings,
  DestinationTrial,
  IntegrationProfile,
  IntegrationProfiles,
  IntegrationSettings,
  NewSecret,
  SavedIntegrationProfile,
  TriedDestination,
} from '../api/integration-profile.ts'
import { ZoneParams } from '../api/zone.ts'
import type { App } from '../app.ts'
import type { ServerContext } from '../context.ts'
import { Refusal } from '../refusal.ts'
import { tryDestination } from '../try-destination.ts'

export function integrationProfileRoutes(
  app: App,
  { db, person, gateway, demoSecrets }: ServerContext,
): void {
  app.get(
    '/api/integration-profiles',
    {
      schema: {
        tags: ['gateway'],
        summary: 'The integration profiles of all zones that have one',
        response: { 200: IntegrationProfiles },
      },
    },
    () => listIntegrationProfiles(db),
  )

  app.get(
    '/api/zones/:zone/integration-profile',
    {
      schema: {
        tags: ['gateway'],
        summary: 'The integration profile of a zone, its secret aside',
        params: ZoneParams,
        response: { 200: IntegrationProfile, '4xx': ApiError },
      },
    },
    async ({ params }) => getIntegrationProfile(db, await getZone(db, params.zone)),
  )

  app.put(
    '/api/zones/:zone/integration-profile',
    {
      schema: {
        tags: ['gateway'],
        summary: 'Adds the integration profile of a zone, and answers its secret this once; or changes it',
        params: ZoneParams,
        body: IntegrationSettings,
        response: { 200: SavedIntegrationProfile, '4xx': ApiError },
      },
      // `parseIntegration` knows more than the schema, and says where and what was meant.
      validatorCompiler: (route) =>
        route.httpPart === 'body' ? (value: unknown) => ({ value }) : TypeBoxValidatorCompiler(route),
    },
    async ({ params, body }) => {
      const zone = await getZone(db, params.zone)
      const parsed = parseIntegration(body)
      if (!parsed.ok) {
        const problems = parsed.problems.map(({ path, message }) => ({ path, message }))
        throw new Refusal(
          422,
          'INVALID_PROFILE',
          `The integration profile has ${problems.length === 1 ? 'a fault' : `${problems.length} faults`}.`,
          { problems },
        )
      }
      const { secret } = await saveIntegrationProfile(db, zone, parsed.settings, person)
      return { ...(await getIntegrationProfile(db, zone)), secret }
    },
  )

  app.get(
    '/api/zones/:zone/integration-profile/shipped',
    {
      schema: {
        tags: ['gateway'],
        summary: 'What the integration profile of a zone begins with, to be changed and saved',
        params: ZoneParams,
        response: { 200: IntegrationSettings, '4xx': ApiError },
      },
    },
    async ({ params }) => shippedIntegration(await getZone(db, params.zone)),
  )

  app.post(
    '/api/zones/:zone/integration-profile/secret',
    {
      schema: {
        tags: ['gateway'],
        summary: 'Makes the zone a new secret; the one before it is refused from now on',
        params: ZoneParams,
        response: { 200: NewSecret, '4xx': ApiError },
      },
    },
    async ({ params: { zone } }) => {
      const made = await renewSecret(db, await getZone(db, zone), person)
      demoSecrets?.delete(zone)
      return made
    },
  )

  app.get(
    '/api/zones/:zone/integration-profile/settings',
    {
      schema: {
        tags: ['gateway'],
        summary: 'What a cataloguer types into Connexion, in the order of its dialogs',
        params: ZoneParams,
        response: { 200: ConnexionSettings, '4xx': ApiError },
      },
    },
    async ({ params }) => {
      const profile = await getIntegrationProfile(db, await getZone(db, params.zone))
      return connexionSettings(profile, gateway())
    },
  )

  app.post(
    '/api/zones/:zone/integration-profile/test',
    {
      schema: {
        tags: ['gateway'],
        summary: 'Tries the destination: talks to the port as Connexion would',
        description:
          'Sends an authority record, which no profile imports: an answer that says so has passed the logon, the address and the profile. The trial is among the exports.',
        params: ZoneParams,
        body: DestinationTrial,
        response: { 200: TriedDestination, '4xx': ApiError },
      },
    },
    async ({ params, body: { password } }) => {
      const { logon, addresses } = await getIntegrationProfile(db, await getZone(db, params.zone))
      return tryDestination(gateway(), { logon, password, user: person, addresses })
    },
  )
}
