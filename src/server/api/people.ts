import { type Static, Type } from 'typebox'
import { roleCodes } from '../../people/roles.ts'
import { permissions, type Permission } from '../../people/permissions.ts'
import { closed, Count, Cursor, Limit, list, nullable, RowId, Time, ZoneCode } from './shape.ts'

const RoleCode = Type.Enum([...roleCodes])
const RolesByZone = Type.Record(Type.String(), list(RoleCode))
const PermissionCode = Type.Enum(Object.keys(permissions) as Permission[])

const PersonaOffer = Type.Object(
  { code: Type.String(), name: Type.String(), about: Type.String() },
  { ...closed, title: 'Persona' },
)

/** Who is there, and how somebody comes to be. */
export const Me = Type.Object(
  {
    signIn: Type.Enum(['password', 'persona'], { description: 'The demo alone lets in whoever comes.' }),
    /** Name of the identity provider that people may sign in by. */
    provider: nullable(Type.String()),
    isNew: Type.Boolean({
      description: 'Nobody can sign in yet: the link of the first start makes the first person.',
    }),
    me: nullable(
      Type.Object(
        {
          name: Type.String(),
          login: nullable(Type.String()),
          persona: nullable(Type.String()),
          hasSecondFactor: Type.Boolean(),
          /** Since when an account of the identity provider lets them in. */
          linkedSince: nullable(Time),
          /** `*` counts in every zone. */
          roles: RolesByZone,
          may: Type.Record(Type.String(), list(PermissionCode), {
            description: 'By zone: what may be done there.',
          }),
          sessionEndsAt: nullable(Time),
        },
        closed,
      ),
    ),
    personas: list(PersonaOffer),
  },
  { ...closed, title: 'Me' },
)
export type Me = Static<typeof Me>

const Password = Type.String({ minLength: 1, maxLength: 200 })
const Code = Type.String({ minLength: 6, maxLength: 20 })
const Login = Type.String({ minLength: 1, maxLength: 80 })
const Name = Type.String({ minLength: 1, maxLength: 200 })

export const SignIn = Type.Object(
  { login: Login, password: Password, code: Type.Optional(Code) },
  { ...closed, title: 'SignIn' },
)

export const LeaveFor = Type.Object({ to: Type.Enum(['sign-in', 'link']) }, { ...closed, title: 'LeaveFor' })

export const LeavingTo = Type.Object({ url: Type.String() }, { ...closed, title: 'LeavingTo' })

/** As the provider writes it; it may add parameters of its own. */
export const ProviderReturn = Type.Object(
  {
    code: Type.Optional(Type.String({ maxLength: 4000 })),
    state: Type.Optional(Type.String({ maxLength: 4000 })),
    error: Type.Optional(Type.String({ maxLength: 4000 })),
  },
  { title: 'ProviderReturn' },
)

export const ChosenPersona = Type.Object(
  { persona: Type.String({ maxLength: 40 }) },
  { ...closed, title: 'ChosenPersona' },
)

export const InvitationParams = Type.Object({ token: Type.String({ minLength: 20, maxLength: 100 }) }, closed)
export const Invitation = Type.Object(
  { login: nullable(Type.String()), name: nullable(Type.String()) },
  { ...closed, title: 'Invitation', description: 'Both are nothing for the first person, who chooses them.' },
)
export type Invitation = Static<typeof Invitation>
export const AcceptInvitation = Type.Object(
  { password: Password, login: Type.Optional(Login), name: Type.Optional(Name) },
  { ...closed, title: 'AcceptInvitation' },
)

export const ChangedPassword = Type.Object(
  { current: Password, password: Password },
  { ...closed, title: 'ChangedPassword' },
)

export const OwnPassword = Type.Object({ password: Password }, { ...closed, title: 'OwnPassword' })

export const PendingFactor = Type.Object(
  {
    secret: Type.String({ description: 'Base32, to type into an authenticator.' }),
    address: Type.String({ description: 'The same for its camera, `otpauth://…`.' }),
  },
  { ...closed, title: 'PendingFactor' },
)
export type PendingFactor = Static<typeof PendingFactor>
export const ConfirmFactor = Type.Object({ code: Code }, { ...closed, title: 'ConfirmFactor' })
export const RecoveryCodes = Type.Object(
  { codes: list(Type.String()) },
  {
    ...closed,
    title: 'RecoveryCodes',
    description: 'Shown this once; each lets in once without the authenticator.',
  },
)
export type RecoveryCodes = Static<typeof RecoveryCodes>

export const ApiKey = Type.Object(
  {
    id: RowId,
    name: Type.String(),
    prefix: Type.String(),
    zones: list(ZoneCode),
    writes: Type.Boolean(),
    madeAt: Time,
    endsAt: Time,
    revokedAt: nullable(Time),
    usedAt: nullable(Time),
    isOver: Type.Boolean(),
  },
  { ...closed, title: 'ApiKey' },
)
export type ApiKey = Static<typeof ApiKey>
export const ApiKeys = list(ApiKey)
export const NewApiKey = Type.Object(
  {
    name: Type.String({ minLength: 1, maxLength: 100 }),
    zones: list(ZoneCode),
    writes: Type.Boolean(),
    days: Type.Integer({ minimum: 1, maximum: 366 }),
  },
  { ...closed, title: 'NewApiKey', description: 'Without zones, the key counts in all of its owner’s.' },
)
export const MadeApiKey = Type.Object(
  {
    key: ApiKey,
    secret: Type.String({ description: 'Sent as `Authorization: Bearer …`; shown this once.' }),
  },
  { ...closed, title: 'MadeApiKey' },
)
export type MadeApiKey = Static<typeof MadeApiKey>
export const ApiKeyParams = Type.Object({ id: RowId }, closed)

export const Person = Type.Object(
  {
    id: RowId,
    login: Type.String(),
    name: Type.String(),
    active: Type.Boolean(),
    canSignIn: Type.Boolean({
      description: 'By a password, or by an account of the identity provider.',
    }),
    hasSecondFactor: Type.Boolean(),
    roles: RolesByZone,
    createdAt: Time,
    seenAt: nullable(Time),
  },
  { ...closed, title: 'Person' },
)
export type Person = Static<typeof Person>
export const People = list(Person)
export const PersonParams = Type.Object({ id: RowId }, closed)
export const PersonZoneParams = Type.Object({ id: RowId, zone: ZoneCode }, closed)
export const NewPerson = Type.Object({ login: Login, name: Name }, { ...closed, title: 'NewPerson' })
export const InvitedPerson = Type.Object(
  {
    person: Person,
    link: Type.String({ description: 'The path that lets the person in once, for seven days.' }),
  },
  { ...closed, title: 'InvitedPerson' },
)
export type InvitedPerson = Static<typeof InvitedPerson>
export const GivenRoles = Type.Object({ roles: list(RoleCode) }, { ...closed, title: 'GivenRoles' })
export const Activity = Type.Object({ active: Type.Boolean() }, { ...closed, title: 'Activity' })

export const WhyQuery = Type.Object({ permission: PermissionCode, zone: ZoneCode }, closed)
export const Why = Type.Object(
  {
    may: Type.Boolean(),
    held: list(RoleCode),
    needed: list(RoleCode),
    elsewhere: list(ZoneCode),
    sentence: Type.String(),
  },
  { ...closed, title: 'Why', description: 'Why somebody may do something in a zone, or may not.' },
)
export type Why = Static<typeof Why>

export const PermissionMatrix = Type.Object(
  {
    roles: list(Type.Object({ code: RoleCode, name: Type.String() }, closed)),
    permissions: list(
      Type.Object({ code: PermissionCode, meaning: Type.String(), roles: list(RoleCode) }, closed),
    ),
  },
  { ...closed, title: 'PermissionMatrix' },
)
export type PermissionMatrix = Static<typeof PermissionMatrix>

export const AuditEntry = Type.Object(
  {
    id: RowId,
    at: Time,
    who: Type.String(),
    address: nullable(Type.String()),
    zone: nullable(Type.String()),
    action: Type.String(),
    target: nullable(Type.String()),
    status: nullable(Count),
  },
  { ...closed, title: 'AuditEntry' },
)
export type AuditEntry = Static<typeof AuditEntry>
export const AuditPage = Type.Object({ rows: list(AuditEntry), next: nullable(Cursor) }, closed)
export type AuditPage = Static<typeof AuditPage>
export const AuditQuery = Type.Object({ before: Type.Optional(Cursor), limit: Limit(200, 100) }, closed)

export const Done = Type.Object({ done: Type.Literal(true) }, { ...closed, title: 'Done' })
