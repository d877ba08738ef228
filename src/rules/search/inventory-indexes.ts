import type { CodeValue, InventoryIndex } from './search-index.ts'

type Written = Pick<InventoryIndex, 'code' | 'name' | 'table' | 'column' | 'type' | 'values'> & {
  readonly alias?: string
  readonly isSimple?: true
}

const ofInventory = ({ alias, isSimple, ...index }: Written): InventoryIndex => ({
  ...index,
  kind: 'inventory',
  group: 'inventory',
  aliases: alias === undefined ? [] : [alias],
  isSimple: isSimple === true,
})

const itemStatuses: readonly CodeValue[] = [
  { value: 'in-place', name: 'Item in place' },
  { value: 'not-in-place', name: 'Item not in place' },
  { value: 'missing', name: 'Missing' },
  { value: 'on-order', name: 'On order' },
  { value: 'in-process', name: 'In process' },
]

const availabilities: readonly CodeValue[] = [
  { value: 'available', name: 'Available' },
  { value: 'unavailable', name: 'Not available' },
]

/** Of holdings, items and portfolios. */
export const inventoryIndexes: readonly InventoryIndex[] = [
  ofInventory({
    code: 'barcode',
    name: 'Barcode',
    alias: 'alma.barcode',
    table: 'item',
    column: 'barcode',
    type: 'text',
    isSimple: true,
  }),
  ofInventory({
    code: 'call-number',
    name: 'Permanent call number',
    alias: 'alma.PermanentCallNumber',
    table: 'holdings',
    column: 'call_number',
    type: 'text',
    isSimple: true,
  }),
  ofInventory({
    code: 'library',
    name: 'Library',
    alias: 'alma.library',
    table: 'holdings',
    column: 'library',
    type: 'code',
  }),
  ofInventory({
    code: 'location',
    name: 'Permanent location',
    alias: 'alma.permanentPhysicalLocation',
    table: 'holdings',
    column: 'location',
    type: 'code',
  }),
  ofInventory({
    code: 'item-policy',
    name: 'Item policy',
    alias: 'alma.item_policy',
    table: 'item',
    column: 'policy',
    type: 'code',
  }),
  ofInventory({
    code: 'item-status',
    name: 'Item status',
    alias: 'alma.base_status',
    table: 'item',
    column: 'status',
    type: 'code',
    values: itemStatuses,
  }),
  ofInventory({
    code: 'material-type',
    name: 'Item material type',
    alias: 'alma.material_type',
    table: 'item',
    column: 'material_type',
    type: 'code',
  }),
  ofInventory({
    code: 'portfolio-availability',
    name: 'Availability (portfolio)',
    alias: 'alma.availability',
    table: 'portfolio',
    column: 'availability',
    type: 'code',
    values: availabilities,
  }),
  ofInventory({
    code: 'collection',
    name: 'Electronic collection ID',
    alias: 'alma.electronic_collection_id',
    table: 'portfolio',
    column: 'collection_id',
    type: 'code',
  }),
]
