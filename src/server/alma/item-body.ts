import { Value } from 'typebox/value'
import { emptyItem, type Item, type ItemContent, type ItemStatus } from '../../inventory/item.ts'
import { ItemToAdd } from '../api/inventory.ts'
import { problemsOf } from '../validation-words.ts'
import { withoutBlanks } from '../without-blanks.ts'
import { type ObjectFields, readEither, refusalBy } from './body.ts'

type ItemText = Exclude<
  keyof ItemContent,
  'status' | 'enumeration' | 'chronology' | 'receivedOn' | 'temporaryLibrary' | 'temporaryLocation'
>

/** Where each text of an item stands in an item of the API. */
const itemPaths: Readonly<Record<ItemText, string>> = {
  barcode: 'item_data/barcode',
  policy: 'item_data/policy',
  materialType: 'item_data/physical_material_type',
  copyNumber: 'holding_data/copy_id',
  description: 'item_data/description',
  publicNote: 'item_data/public_note',
  fulfilmentNote: 'item_data/fulfillment_note',
  internalNote: 'item_data/internal_note_1',
  inventoryNumber: 'item_data/inventory_number',
}

/** Why an item is not in its place, in the API's codes. */
export const processes: Readonly<Record<ItemStatus, string>> = {
  'in-place': '',
  'not-in-place': '',
  missing: 'MISSING',
  'on-order': 'ACQ',
  'in-process': 'WORK_ORDER_DEPARTMENT',
}

/** Names of the levels of enumeration and chronology, from the highest down. */
export const levels = {
  enumeration: [...'abcdefgh'].map((letter) => `enumeration_${letter}`),
  chronology: [...'ijklm'].map((letter) => `chronology_${letter}`),
} as const

/** What an item of the API may say and one of ours has no place for: lost if it were passed over. */
const unkept = [
  'holding_data/temp_call_number',
  'holding_data/temp_call_number_source',
  'holding_data/temp_call_number_type',
  'holding_data/temp_policy',
  'holding_data/due_back_date',
  ...[
    'alt_number_source',
    'alternative_call_number',
    'alternative_call_number_type',
    'break_indicator',
    'committed_to_retain',
    'expected_arrival_date',
    'internal_note_2',
    'internal_note_3',
    'inventory_date',
    'inventory_price',
    'is_magnetic',
    'issue_date',
    'linking_number',
    'pages',
    'pattern_type',
    'physical_condition',
    'pieces',
    'po_line',
    'provenance',
    'receive_number',
    'receiving_operator',
    'replacement_cost',
    'retention_note',
    'retention_reason',
    'statistics_note_1',
    'statistics_note_2',
    'statistics_note_3',
    'storage_location_id',
    'type_of_unit',
    'weeding_date',
    'weeding_number',
    'year_of_issue',
  ].map((name) => `item_data/${name}`),
]

const arrivalDate = 'item_data/arrival_date'
const isElsewhere = 'holding_data/in_temp_location'
const elsewhere = {
  temporaryLibrary: 'holding_data/temp_library',
  temporaryLocation: 'holding_data/temp_location',
} as const

/** All that is read of an item. */
const texts: readonly string[] = [
  ...Object.values(itemPaths),
  ...[...levels.enumeration, ...levels.chronology].map((name) => `item_data/${name}`),
  ...['library', 'location', 'process_type', 'base_status'].map((name) => `item_data/${name}`),
  arrivalDate,
  isElsewhere,
  ...Object.values(elsewhere),
  ...unkept,
]

const refuse = refusalBy('40166404')

/** Who is asked about: an item that is there, or the holdings that a new one goes to. */
type ItemPlace = Pick<Item, 'library' | 'location'>

/**
 * The content that an `<item>` gives an item: all of it, but that a status which it does not say stays. What the
 * API tells of an item besides may stand in it and is passed over.
 *
 * @throws {AlmaError} 40166404
 */
export function readItemBody(
  body: Uint8Array,
  place: ItemPlace,
  { status, describe }: { readonly status: ItemStatus; readonly describe: boolean },
): ItemContent {
  const fields = readEither(body, 'item', refuse, texts)
  for (const path of unkept)
    if (!['', 'false'].includes(fields.get(path) ?? '')) refuse(`There is no place here for ${path}.`)
  holdToPlace(fields, place)
  const said = Object.entries(itemPaths).map(([name, path]) => [name, fields.get(path) ?? ''])
  const enumeration = levelsOf(fields, levels.enumeration)
  const chronology = levelsOf(fields, levels.chronology)
  const item: ItemToAdd = withoutBlanks({
    ...(Object.fromEntries(said) as Record<ItemText, string>),
    ...(describe ? { description: describedBy(enumeration, chronology) } : {}),
    enumeration,
    chronology,
    status: statusOf(fields) ?? status,
    receivedOn: (fields.get(arrivalDate) ?? '').replace(/Z$/, ''),
    ...temporaryOf(fields),
  })
  const [problem] = problemsOf(Value.Errors(ItemToAdd, item))
  if (problem) refuse(`${nameOf(problem.path)} ${problem.message}.`)
  if ([...fields.values()].some((text) => text.includes('\0')))
    refuse('It has a character in it that no text may have (U+0000).')
  return { ...emptyItem, ...item }
}

/** What the API calls a member of an item of ours: `enumeration.0` is `item_data/enumeration_a`. */
function nameOf(path: string): string {
  const [member = '', at] = path.split('.')
  const names: Readonly<Record<string, string>> = { ...itemPaths, ...elsewhere, receivedOn: arrivalDate }
  if (member !== 'enumeration' && member !== 'chronology') return names[member] ?? path
  return `item_data/${levels[member][Number(at)] ?? member}`
}

/** An item is where its holdings are; that is changed by the holdings. */
function holdToPlace(fields: ObjectFields, place: ItemPlace): void {
  for (const name of ['library', 'location'] as const) {
    const sent = fields.get(`item_data/${name}`) ?? ''
    if (sent !== '' && sent !== place[name])
      refuse(
        `item_data/${name} is ${sent.slice(0, 40)}, and that of its holdings is ${place[name]}: change the holdings, or give a temporary place.`,
      )
  }
}

function levelsOf(fields: ObjectFields, names: readonly string[]): string[] {
  const values = names.map((name) => fields.get(`item_data/${name}`) ?? '')
  return values.slice(0, values.findLastIndex((value) => value !== '') + 1)
}

/** `1:2 (1814:Jan.)` */
function describedBy(enumeration: readonly string[], chronology: readonly string[]): string {
  const [issue, date] = [enumeration, chronology].map((own) => own.filter((value) => value !== '').join(':'))
  return date === '' ? (issue ?? '') : `${issue} (${date})`.trim()
}

function statusOf(fields: ObjectFields): ItemStatus | null {
  const process = fields.get('item_data/process_type') ?? ''
  const known = Object.entries(processes).find(([, code]) => code === process && code !== '')
  if (process !== '' && !known)
    refuse(
      `process_type is one of ${Object.values(processes)
        .filter((code) => code !== '')
        .join(', ')}, and not ${process.slice(0, 40)}.`,
    )
  if (known) return known[0] as ItemStatus
  const base = fields.get('item_data/base_status') ?? ''
  if (!['', '0', '1'].includes(base)) refuse(`base_status is 1 or 0, and not ${base.slice(0, 40)}.`)
  return base === '' ? null : base === '1' ? 'in-place' : 'not-in-place'
}

function temporaryOf(fields: ObjectFields): Pick<ItemContent, 'temporaryLibrary' | 'temporaryLocation'> {
  const said = fields.get(isElsewhere) ?? ''
  if (!['', 'true', 'false'].includes(said))
    refuse(`in_temp_location is true or false, and not ${said.slice(0, 40)}.`)
  if (said !== 'true') return { temporaryLibrary: null, temporaryLocation: null }
  const library = fields.get(elsewhere.temporaryLibrary) ?? ''
  const location = fields.get(elsewhere.temporaryLocation) ?? ''
  if (library === '' || location === '')
    refuse('in_temp_location is true: temp_library and temp_location say where.')
  return { temporaryLibrary: library, temporaryLocation: location }
}
