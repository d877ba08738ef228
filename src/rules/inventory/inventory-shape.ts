import { shelvingSchemes } from '../holdings/call-number-sort.ts'
import type { ImportProfile } from '../import-profile.ts'
import {
  isObject,
  listOf,
  objectOf,
  oneOf,
  orNull,
  type Shape,
  type ShapeProblem,
  text,
  truth,
} from '../shape.ts'
import {
  type ElectronicSettings,
  type InventorySettings,
  itemValues,
  type PhysicalSettings,
  type PlaceRow,
  type ValueSource,
} from './inventory-settings.ts'

const tag = text((value) =>
  /^[0-9A-Za-z]{3}$/.test(value) ? null : `${value} is no tag; write three letters or figures`,
)
const dataTag = text((value) =>
  /^(?!00)[0-9A-Za-z]{3}$/.test(value) ? null : `${value} is no tag of a field with subfields`,
)
const code = text((value) => (/^[!-~]$/.test(value) ? null : 'must be one character'))
const said = text((value) =>
  value.trim() !== '' && value.length <= 1000 && !/\p{Cc}/u.test(value)
    ? null
    : 'must be a text of at most 1,000 characters',
)
const placeCode = text((value) => (/^\S{1,60}$/.test(value) ? null : 'must be a code without blanks'))

const words: Shape = (value, path, problems) => {
  if (!isObject(value)) return objectOf({})(value, path, problems)
  for (const [from, to] of Object.entries(value)) said(to, `${path}.${from}`, problems)
}

const source: Shape = (value, path, problems) => {
  objectOf(
    { field: tag, subfield: code, default: said, map: words } satisfies Record<keyof ValueSource, Shape>,
    ['field', 'subfield', 'default', 'map'],
  )(value, path, problems)
  if (!isObject(value)) return
  if (value['field'] === undefined && value['default'] === undefined)
    problems.push({ path, message: 'says neither a field nor a default' })
  for (const name of ['subfield', 'map'])
    if (value['field'] === undefined && value[name] !== undefined)
      problems.push({ path: `${path}.${name}`, message: 'has no field that it is of' })
}

const placeRow = objectOf({
  from: objectOf({ library: said, location: said }, ['library', 'location']),
  library: placeCode,
  location: placeCode,
} satisfies Record<keyof PlaceRow, Shape>)

const physical = objectOf(
  {
    make: oneOf(['holdings-and-items', 'holdings']),
    policy: oneOf(['basic', 'advanced']),
    itemField: dataTag,
    number: source,
    library: source,
    location: source,
    places: listOf(placeRow),
    callNumber: source,
    callNumberType: oneOf([...shelvingSchemes]),
    bibCallNumber: oneOf(['never', 'on-new', 'always']),
    item: objectOf(Object.fromEntries(itemValues.map((name) => [name, source])), itemValues),
    enumeration: listOf(source),
    chronology: listOf(source),
    holdingsFields: listOf(objectOf({ from: dataTag, to: dataTag })),
  } satisfies Record<keyof PhysicalSettings, Shape>,
  [
    'itemField',
    'number',
    'places',
    'callNumber',
    'callNumberType',
    'item',
    'enumeration',
    'chronology',
    'holdingsFields',
  ],
)

const idOf = (prefix: string) =>
  text((value) =>
    new RegExp(`^${prefix}[0-9]{6,17}$`).test(value) ? null : `must be a number that starts with ${prefix}`,
  )

const electronic = objectOf(
  {
    portfolios: oneOf(['each', 'one']),
    url: objectOf({ field: dataTag, subfield: code }),
    skipIndicators: listOf(oneOf(['#', '0', '1', '2', '3', '4', '5', '6', '7', '8', '9'])),
    activate: truth,
    onDelete: oneOf(['keep', 'deactivate', 'delete']),
    library: source,
    publicNote: source,
    internalNote: source,
    authenticationNote: source,
    materialType: source,
    collection: idOf('61'),
    service: idOf('62'),
  } satisfies Record<keyof ElectronicSettings, Shape>,
  [
    'skipIndicators',
    'onDelete',
    'library',
    'publicNote',
    'internalNote',
    'authenticationNote',
    'materialType',
    'collection',
    'service',
  ],
)

export const inventoryShape: Shape = orNull(
  objectOf(
    {
      operations: oneOf(['none', 'physical', 'electronic', 'mixed']),
      physical,
      electronic,
      removeFields: listOf(dataTag),
    } satisfies Record<keyof InventorySettings, Shape>,
    ['physical', 'electronic', 'removeFields'],
  ),
)

/** What is well formed and cannot work all the same. */
export function inventoryProblems({
  type,
  inventory,
  useNetworkZone,
  deletes,
}: ImportProfile): ShapeProblem[] {
  if (!inventory) return []
  const { operations, physical: pieces, electronic: access } = inventory
  const problems: ShapeProblem[] = []
  const problem = (path: string, message: string) => problems.push({ path: `inventory.${path}`, message })
  if (operations !== 'none' && type !== 'repository')
    problem('operations', `${operations} is of profiles of type repository`)
  if ((operations === 'physical' || operations === 'mixed') && !pieces)
    problem('physical', `is missing; ${operations} operations go by it`)
  if ((operations === 'electronic' || operations === 'mixed') && !access)
    problem('electronic', `is missing; ${operations} operations go by it`)
  if (pieces?.policy === 'advanced' && pieces.itemField === undefined)
    problem('physical.itemField', 'is missing; by the advanced policy each of these fields is an item')
  if (pieces?.policy === 'basic' && pieces.itemField !== undefined)
    problem('physical.itemField', 'is of the advanced policy')
  if (pieces?.policy === 'advanced' && pieces.number !== undefined)
    problem('physical.number', 'is of the basic policy')
  if (pieces?.make === 'holdings' && pieces.item !== undefined)
    problem('physical.item', 'is of items, and the profile makes holdings only')
  if (access?.onDelete !== undefined && access.onDelete !== 'keep') {
    if (useNetworkZone)
      problem(
        'electronic.onDelete',
        'is of profiles that do not use the network zone: its bibs have other portfolios',
      )
    if (deletes === 'not-allowed') problem('electronic.onDelete', 'is of profiles that delete or suppress')
  }
  if (access?.service !== undefined && access.collection === undefined)
    problem('electronic.service', 'has no collection that it is of')
  return problems
}
