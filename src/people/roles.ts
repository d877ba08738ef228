/** What people are in a zone, in the order in which screens list them. A role counts in its zone alone (D28). */
export const roles = {
  'catalog-administrator': 'Catalog Administrator',
  'catalog-manager': 'Catalog Manager',
  'cataloger-extended': 'Cataloger Extended',
  cataloger: 'Cataloger',
  'acquisitions-administrator': 'Acquisitions Administrator',
  'purchasing-manager': 'Purchasing Manager',
  'purchasing-operator': 'Purchasing Operator',
  'receiving-operator': 'Receiving Operator',
  'physical-inventory-operator': 'Physical Inventory Operator',
  'electronic-inventory-operator': 'Electronic Inventory Operator',
  'general-system-administrator': 'General System Administrator',
} as const

export type Role = keyof typeof roles

export const roleCodes = Object.keys(roles) as readonly Role[]

export const isRole = (code: string): code is Role => Object.hasOwn(roles, code)
