import type { Frame, Format, Repair } from '../marc/frame.ts'
import { decodeFrame } from '../marc/read.ts'
import {
  controlValue,
  type DataField,
  dataFields,
  type Field,
  type MarcRecord,
  subfieldValue,
} from '../marc/record.ts'
import { isAccessUrl } from '../rules/access-url.ts'
import { displayTitle } from '../rules/display-title.ts'
import { isOclcControlNumber, systemNumber } from '../rules/match/identifiers.ts'
import { isDelete } from '../rules/record-kind.ts'
import { resourceTypeOf } from '../rules/search/resource-type.ts'
import { type CollectionFile, type LineNote, noAddress, openShelf, shortKey } from './collection-titles.ts'

/**
 * The titles of a file of MARC records. A record is a title: its address is the first 856 of the resource itself
 * (second indicator not 2), its coverage 866, else 856 $3. What is a delete (leader/05 d) says that its title is gone.
 *
 * @throws {ImportRefusal} LIST_TOO_LARGE
 */
export async function readRecords(
  collectionId: string,
  { format, frames }: { readonly format: Format; readonly frames: AsyncIterable<readonly Frame[]> },
): Promise<CollectionFile> {
  const shelf = openShelf()
  const rejected: LineNote[] = []
  const findings: LineNote[] = []
  const spoiltKeys: string[] = []
  const further = new Map<string, number[]>()
  const goneKeys = new Set<string>()
  let lines = 0
  let deletes = 0
  for await (const found of frames)
    for (const frame of found) {
      if (frame.kind === 'junk') continue
      const line = frame.position
      lines++
      const decoded = decodeFrame(format, frame, 'repair')
      if (!decoded.ok) {
        rejected.push({ line, column: null, ...decoded.rejected, remedy: remedyOfRecord })
        continue
      }
      const { record } = decoded
      const key = keyOf(record)
      if (isDelete(record)) {
        goneKeys.add(key)
        deletes++
        continue
      }
      const fault = faultOf(record, line)
      if (fault !== null) {
        rejected.push(fault)
        if (key !== '') spoiltKeys.push(key)
        continue
      }
      findings.push(...decoded.repairs.map((repair) => noteOf(repair, line)))
      if (shelf.titles.has(key)) {
        further.set(key, [...(further.get(key) ?? []), line])
        findings.push(repeated(line, shelf.titles.get(key)?.lines[0] ?? 0))
        continue
      }
      const addresses = addressesOf(record)
      if (addresses.length > 1) findings.push(moreAddresses(line, addresses.length))
      const [address] = addresses
      if (address === undefined) findings.push(noAddress(line, '856'))
      shelf.add(
        {
          key,
          title: displayTitle(record),
          lines: [line],
          url: (address && subfieldValue(address, 'u')?.trim()) ?? null,
          coverage: coverageOf(record, address),
          publicNote: textOf([address && subfieldValue(address, 'z')]),
          materialType: resourceTypeOf(record),
        },
        recordOf(record, key, collectionId),
      )
    }
  return {
    format: 'marc',
    titles: [...shelf.titles.values()].map((title) => ({
      ...title,
      lines: [...title.lines, ...(further.get(title.key) ?? [])],
    })),
    // What a file says both of is there.
    goneKeys: [...goneKeys].filter((key) => !shelf.titles.has(key)),
    deletes,
    rejected,
    findings,
    lines,
    blank: 0,
    spoiltKeys,
  }
}

/** What is noted of records besides their repairs. */
export type RecordNoteCode = 'REPEATED_TITLE' | 'MORE_ADDRESSES' | 'NO_ADDRESS'

type RecordNote = LineNote & { readonly code: RecordNoteCode }

const remedyOfRecord = 'Look at the record; accession marc check says more of the file.'

/** By what a file of records knows a title: 001; where there is none, its first system number, else address or title. */
function keyOf(record: MarcRecord): string {
  const number = controlValue(record, '001')?.trim()
  const system = dataFields(record, '035').map((field) => subfieldValue(field, 'a')?.trim())
  const [address] = addressesOf(record)
  const found = [number, ...system, address && subfieldValue(address, 'u')?.trim(), displayTitle(record)]
  return shortKey(found.find((text) => text !== undefined && text !== '') ?? '')
}

/** The 856 of the resource itself that have a URI: those of related resources have 2 as second indicator. */
const addressesOf = (record: MarcRecord): readonly DataField[] =>
  dataFields(record, '856').filter((field) => isOfResource(field) && subfieldValue(field, 'u') !== undefined)

const isOfResource = ({ ind2 }: DataField): boolean => ind2 !== '2'

function faultOf(record: MarcRecord, line: number): LineNote | null {
  if (displayTitle(record) === '')
    return {
      line,
      column: '245',
      code: 'NO_TITLE',
      message: 'The record has no title.',
      remedy: 'Ask the provider for it, or write it into the record.',
    }
  const [address] = addressesOf(record)
  const url = (address && subfieldValue(address, 'u')?.trim()) ?? ''
  if (address === undefined || isAccessUrl(url)) return null
  return {
    line,
    column: '856',
    code: 'NOT_A_URL',
    message: `“${url.slice(0, 200)}” is no address that a reader can open.`,
    remedy: 'Ask the provider for a whole URL that starts with https://, http:// or ftp://.',
  }
}

function coverageOf(record: MarcRecord, address: DataField | undefined): string | null {
  const statements = dataFields(record, '866').map((field) => subfieldValue(field, 'a'))
  return textOf(statements) ?? textOf([address && subfieldValue(address, '3')])
}

function textOf(texts: readonly (string | undefined)[]): string | null {
  const said = texts.map((text) => text?.trim() ?? '').filter((text) => text !== '')
  return said.length === 0 ? null : said.join('; ')
}

/** The record as it enters: numbered by its key in the collection; its own number stays as 035, its address goes. */
function recordOf({ leader, fields }: MarcRecord, key: string, collectionId: string): MarcRecord {
  const own = ownNumber(fields)
  const rest = fields.filter(
    (field) =>
      field.tag !== '001' &&
      field.tag !== '003' &&
      !(field.tag === '856' && 'subfields' in field && isOfResource(field)),
  )
  const isKnown =
    own === null ||
    dataFields({ leader, fields }, '035').some(
      (field) => systemNumber(subfieldValue(field, 'a') ?? '') === systemNumber(own),
    )
  const after = rest.findLastIndex(({ tag }) => tag <= '035') + 1
  const number: readonly Field[] = isKnown
    ? []
    : [{ tag: '035', ind1: ' ', ind2: ' ', subfields: [{ code: 'a', value: own }] }]
  return {
    leader,
    fields: [
      { tag: '001', value: key },
      { tag: '003', value: collectionId },
      ...rest.slice(0, after),
      ...number,
      ...rest.slice(after),
    ],
  }
}

/** D10: 001 with 003, or in the form that is OCLC's, is a system number. */
function ownNumber(fields: readonly Field[]): string | null {
  const record = { leader: '', fields }
  const number = controlValue(record, '001')?.trim() ?? ''
  const source = controlValue(record, '003')?.trim() ?? ''
  if (number === '') return null
  if (source !== '') return `(${source})${number}`
  return isOclcControlNumber(number) ? `(OCoLC)${number}` : null
}

const noteOf = ({ code, field, before, after }: Repair, line: number): LineNote => ({
  line,
  column: field ?? null,
  code,
  message: `“${before.slice(0, 100)}” was read as “${after.slice(0, 100)}”.`,
  remedy: 'The title was loaded; tell the provider of the file.',
})

const repeated = (line: number, first: number): RecordNote => ({
  line,
  column: '001',
  code: 'REPEATED_TITLE',
  message: `Record ${first} is of the same number.`,
  remedy: 'The first of them was loaded; look which is the right one.',
})

const moreAddresses = (line: number, count: number): RecordNote => ({
  line,
  column: '856',
  code: 'MORE_ADDRESSES',
  message: `The record has ${count} addresses of the resource.`,
  remedy: 'The portfolio has the first; change it by hand if another is right.',
})
