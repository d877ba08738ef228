import { type Role, roleCodes } from '../../people/roles.ts'
import type { Persona } from '../context.ts'

const in_ = (zone: string, ...roles: readonly Role[]) => ({ [zone]: roles })

/** People of the demo's libraries, invented; a visitor is the first of them until another is chosen. */
export const personas: readonly [Persona, ...Persona[]] = [
  {
    code: 'ines',
    name: 'Ines Marlowe',
    about: 'Looks after the whole consortium: every role in every zone.',
    roles: { '*': roleCodes },
  },
  {
    code: 'tomas',
    name: 'Tomas Brandt',
    about: 'Network cataloguer: runs imports and settles issues in the network zone.',
    roles: in_('NZ', 'catalog-manager', 'cataloger-extended'),
  },
  {
    code: 'wren',
    name: 'Wren Okafor',
    about: 'Cataloguer at Saltmarsh University: edits, links and copies, and runs no profiles.',
    roles: in_('SALT', 'cataloger'),
  },
  {
    code: 'jun',
    name: 'Jun Castellano',
    about: 'Purchasing at Heronsgate College: loads order files and resolves their issues.',
    roles: in_('HERON', 'purchasing-operator', 'receiving-operator'),
  },
  {
    code: 'noor',
    name: 'Noor Haddad',
    about: 'Electronic resources at Quarry Hill: activates titles of the community zone and follows them.',
    roles: in_('QUARRY', 'electronic-inventory-operator'),
  },
  {
    code: 'priya',
    name: 'Priya Lindqvist',
    about: 'Systems librarian at Saltmarsh: makes profiles and people, and needs an operator to run them.',
    roles: in_('SALT', 'general-system-administrator', 'catalog-administrator'),
  },
]
