import { TypeBoxValidatorCompiler } from '@fastify/type-provider-typebox'
import { getZone, getZoneById } from '../../catalog/zone.ts'
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
import { actorOfRequest, byOf, zonesSeen } from '../access.ts'
import type { App } from '../app.ts'
import type { ServerContext } from '../context.ts'
import { holdToZone } from '../hold-to.ts'
import { Refusal } from '../refusal.ts'
import { tryDestination } from '../try-destination.ts'

export function integrationProfileRoutes(app: App, { db, gateway, demoSecrets }: ServerContext): void {
  app.get(
    '/api/integration-profiles',
    {
      config: { access: 'signed-in' },
      schema: {
        tags: ['gateway'],
        summary: 'The integration profiles of all zones that have one',
        response: { 200: IntegrationProfiles },
      },
    },
    async (request) => {
      const seen = await zonesSeen(db, actorOfRequest(request))
      return (await listIntegrationProfiles(db)).filter(({ zone }) => seen.includes(zone))
    },
  )

  app.get(
    '/api/zones/:zone/integration-profile',
    {
      config: { access: { may: 'zone.view', in: 'zone' } },
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
      config: { access: { may: 'gateway.configure', in: 'zone' } },
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
    async (request) => {
      const { params, body } = request
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
      // Whoever exports by it acts in the network without a role of their own there.
      if (parsed.settings.profile.useNetworkZone && zone.networkZoneId !== null) {
        const network = await getZoneById(db, zone.networkZoneId)
        holdToZone(actorOfRequest(request), 'gateway.configure', network.code)
      }
      const { secret } = await saveIntegrationProfile(db, zone, parsed.settings, byOf(request))
      return { ...(await getIntegrationProfile(db, zone)), secret }
    },
  )

  app.get(
    '/api/zones/:zone/integration-profile/shipped',
    {
      config: { access: { may: 'zone.view', in: 'zone' } },
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
      config: { access: { may: 'gateway.configure', in: 'zone' } },
      schema: {
        tags: ['gateway'],
        summary: 'Makes the zone a new secret; the one before it is refused from now on',
        params: ZoneParams,
        response: { 200: NewSecret, '4xx': ApiError },
      },
    },
    async (request) => {
      const { zone } = request.params
      const made = await renewSecret(db, await getZone(db, zone), byOf(request))
      demoSecrets?.delete(zone)
      return made
    },
  )

  app.get(
    '/api/zones/:zone/integration-profile/settings',
    {
      config: { access: { may: 'zone.view', in: 'zone' } },
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
      config: { access: { may: 'gateway.configure', in: 'zone' } },
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
    async (request) => {
      const {
        params,
        body: { password },
      } = request
      const { logon, addresses } = await getIntegrationProfile(db, await getZone(db, params.zone))
      return tryDestination(gateway(), { logon, password, user: byOf(request), addresses })
    },
  )
}
