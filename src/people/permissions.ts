import { type Role, roleCodes } from './roles.ts'

const catalogers: readonly Role[] = [
  'cataloger',
  'cataloger-extended',
  'catalog-manager',
  'catalog-administrator',
]
const purchasers: readonly Role[] = ['purchasing-operator', 'purchasing-manager']
const administrators: readonly Role[] = ['catalog-administrator', 'general-system-administrator']

/**
 * The guide's permissions, each with the roles that have it: the one table from which server, screens and
 * docs take who may do what. Administrators make profiles, and run them only with an operator's or a
 * manager's role besides (D28).
 */
export const permissions = {
  'zone.view': permission('See the bibs, jobs, issues and profiles of the zone', roleCodes),
  'bib.lock': permission('Lock a bib and release one’s own lock', catalogers),
  'bib.release': permission('Release somebody else’s lock', administrators),
  'bib.edit': permission('Add and change bibs, set their tags, restore their versions', catalogers),
  'bib.delete': permission('Delete bibs', ['cataloger-extended', 'catalog-manager', 'catalog-administrator']),
  'bib.share': permission('Link, copy and unlink bibs of the network and the community zone', [
    ...catalogers,
    ...purchasers,
  ]),
  'inventory.physical.edit': permission('Add, change, move and delete holdings and items', [
    ...catalogers,
    'physical-inventory-operator',
  ]),
  'inventory.electronic.edit': permission(
    'Add, change, move and delete portfolios; make collections and load them, which adds and changes the bibs of their titles',
    [...catalogers, 'electronic-inventory-operator'],
  ),
  'library.edit': permission(
    'Add libraries and locations, change the call number mapping table',
    administrators,
  ),
  'set.edit': permission('Make sets of titles, items and portfolios, change and remove them', [
    ...catalogers,
    ...purchasers,
    'physical-inventory-operator',
    'electronic-inventory-operator',
  ]),
  'bib.contribute': permission('Share bibs of the institution with the network', catalogers),
  'profile.edit': permission('Add and change import profiles', [
    ...administrators,
    'acquisitions-administrator',
  ]),
  'rule.edit': permission('Add and change rule files', ['catalog-administrator', 'cataloger-extended']),
  'import.run': permission('Run import profiles, and commit, cancel and resume their jobs', [
    'catalog-manager',
    ...purchasers,
  ]),
  'import.undo': permission('Take a job back', [
    'catalog-manager',
    'catalog-administrator',
    'purchasing-manager',
  ]),
  'issue.resolve': permission('Resolve import issues', [
    'catalog-manager',
    'catalog-administrator',
    ...purchasers,
  ]),
  'gateway.configure': permission(
    'Set up the gateway for OCLC Connexion, and make new secrets',
    administrators,
  ),
  'people.manage': permission('Invite people, give and take roles, end sessions', [
    'general-system-administrator',
  ]),
  'audit.view': permission('See the audit trail', ['general-system-administrator']),
} as const

function permission(meaning: string, roles: readonly Role[]) {
  return { meaning, roles: roles as readonly Role[] } as const
}

export type Permission = keyof typeof permissions

/** Whoever asks: a person, a persona of the demo, or an API key of a person. */
export type Actor = {
  /** What is noted as having done what comes in. */
  readonly name: string
  readonly personId: number | null
  readonly apiKeyId: number | null
  /** By zone code; `*` counts in every zone. */
  readonly roles: Readonly<Record<string, readonly Role[]>>
  /** Of an API key that only reads. */
  readonly readsOnly: boolean
}

const rolesIn = ({ roles }: Actor, zone: string): readonly Role[] => [
  ...(Object.hasOwn(roles, zone) ? (roles[zone] ?? []) : []),
  ...(roles['*'] ?? []),
]

/** Whether somebody may do something in a zone. */
export function may(actor: Actor, permission: Permission, zone: string): boolean {
  if (actor.readsOnly && permission !== 'zone.view' && permission !== 'audit.view') return false
  const held = rolesIn(actor, zone)
  return permissions[permission].roles.some((role) => held.includes(role))
}

/** Of all zones, those in which somebody may do something. */
export const zonesWith = (actor: Actor, permission: Permission, zones: readonly string[]): string[] =>
  zones.filter((zone) => may(actor, permission, zone))

/** Why somebody may not do something in a zone, or may: what is held there, and what would be needed. */
export type WhyNot = {
  readonly may: boolean
  readonly held: readonly Role[]
  /** Any of them is enough. */
  readonly needed: readonly Role[]
  /** Zones in which the same person may. */
  readonly elsewhere: readonly string[]
}

export function whyNot(actor: Actor, permission: Permission, zone: string, zones: readonly string[]): WhyNot {
  return {
    may: may(actor, permission, zone),
    held: rolesIn(actor, zone),
    needed: permissions[permission].roles,
    elsewhere: zonesWith(actor, permission, zones).filter((other) => other !== zone),
  }
}
