import { type Static, Type } from 'typebox'
import { ImportProfile } from './profile.ts'
import { closed, Count, list, nullable, Time, ZoneCode } from './shape.ts'

const settings = {
  logon: Type.String({
    description: 'The Logon ID of the zone; a person may be named behind it, after a slash.',
  }),
  addresses: list(
    Type.String({ description: 'An IP address or network, `192.0.2.0/24`, that may export; none are all.' }),
  ),
  profile: ImportProfile,
}

/** What is said of the gateway into a zone. */
export const IntegrationSettings = Type.Object(settings, { ...closed, title: 'IntegrationSettings' })
export type IntegrationSettings = Static<typeof IntegrationSettings>

const integrationProfile = {
  zone: ZoneCode,
  ...settings,
  version: Type.Integer({ minimum: 1 }),
  secretMadeAt: Time,
  changedAt: Time,
  changedBy: nullable(Type.String()),
}

export const IntegrationProfile = Type.Object(integrationProfile, { ...closed, title: 'IntegrationProfile' })
export type IntegrationProfile = Static<typeof IntegrationProfile>

export const SavedIntegrationProfile = Type.Object(
  {
    ...integrationProfile,
    secret: nullable(Type.String({ description: 'Of the first save alone: it is not shown again.' })),
  },
  { ...closed, title: 'SavedIntegrationProfile' },
)
export type SavedIntegrationProfile = Static<typeof SavedIntegrationProfile>

export const NewSecret = Type.Object(
  { secret: Type.String({ description: 'It is not shown again, and the one before it is refused.' }) },
  { ...closed, title: 'NewSecret' },
)
export type NewSecret = Static<typeof NewSecret>

export const IntegrationProfiles = list(IntegrationProfile)

export const ConnexionSettings = list(Type.Object({ name: Type.String(), value: Type.String() }, closed))
export type ConnexionSettings = Static<typeof ConnexionSettings>

export const DestinationTrial = Type.Object(
  {
    password: Type.String({
      minLength: 1,
      maxLength: 200,
      description: 'The secret: it is kept as a hash, so that it has to be given.',
    }),
  },
  { ...closed, title: 'DestinationTrial' },
)
export type DestinationTrial = Static<typeof DestinationTrial>

export const TriedDestination = Type.Object(
  {
    works: Type.Boolean({ description: 'A record sent by these settings would be imported.' }),
    reply: nullable(
      Type.String({ description: 'The words of the gateway; nothing where it did not answer.' }),
    ),
    why: Type.String({ description: 'What the trial shows, for people.' }),
    milliseconds: Count,
  },
  { ...closed, title: 'TriedDestination' },
)
export type TriedDestination = Static<typeof TriedDestination>
