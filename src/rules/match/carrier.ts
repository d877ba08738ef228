import type { DataField, MarcRecord } from '../../marc/record.ts'

/** What an inventory type is told from: `other` is anything else, a record of both, or no evidence. */
export type Carrier = 'print' | 'electronic' | 'other'

type Evidence = { print: boolean; electronic: boolean; other: boolean }

/**
 * D11: print or electronic, from the carrier type (338), 007, the form of item in 008 (position 29
 * for maps and visual material, else 23) and leader/06; an 856 that says it is the resource itself
 * (second indicator 0) decides only where nothing else does.
 */
export function carrierOf(record: MarcRecord): Carrier {
  const type = record.leader[6] ?? ' '
  const said: Evidence = { print: false, electronic: false, other: false }
  const coded: Evidence = { print: false, electronic: false, other: false }
  let extent = false
  let linked = false
  for (const field of record.fields) {
    if (!('subfields' in field)) {
      if (field.tag === '007') physicalEvidence(field.value, coded)
      else if (field.tag === '008') formEvidence(field.value['efgkor'.includes(type) ? 29 : 23], type, coded)
    } else if (field.tag === '338') carrierEvidence(field, said)
    else if (field.tag === '300') extent = true
    else if (field.tag === '856' && field.ind2 === '0') linked = true
  }
  return weigh(said) ?? weigh(coded) ?? fallback(type, extent, linked)
}

/** Nothing where there is no evidence; a record of several carriers is `other`, which matches both. */
function weigh({ print, electronic, other }: Evidence): Carrier | null {
  if (print && electronic) return 'other'
  if (electronic) return 'electronic'
  if (other) return 'other'
  return print ? 'print' : null
}

function fallback(type: string, extent: boolean, linked: boolean): Carrier {
  if (linked && !extent) return 'electronic'
  return isText(type) ? 'print' : 'other'
}

/** Language material, notated music, maps: on paper unless something says otherwise. */
const isText = (type: string): boolean => 'atcdef'.includes(type)

/** RDA carrier types: `cr` online, other `c.` computer carriers, `n.` unmediated. */
function carrierEvidence(field: DataField, evidence: Evidence): void {
  for (const { code, value } of field.subfields) {
    if (code === 'b') {
      if (value === 'cr') evidence.electronic = true
      else if (value.startsWith('n')) evidence.print = true
      else evidence.other = true
    } else if (code === 'a' && !field.subfields.some((subfield) => subfield.code === 'b')) {
      if (/online/i.test(value)) evidence.electronic = true
      else if (/^(?:volume|sheet|card|flipchart)/i.test(value)) evidence.print = true
      else evidence.other = true
    }
  }
}

function physicalEvidence(value: string, evidence: Evidence): void {
  if (value.startsWith('cr')) evidence.electronic = true
  else if (value.startsWith('t')) evidence.print = true
  else if (/^[dfghkmosv]/.test(value)) evidence.other = true
}

function formEvidence(form: string | undefined, type: string, evidence: Evidence): void {
  if (form === 'o' || form === 's') evidence.electronic = true
  else if (form === 'a' || form === 'b' || form === 'c' || form === 'q' || form === 'f') evidence.other = true
  else if (form === 'r' || form === 'd') evidence.print = true
  else if (type === 'm') evidence.other = true
}
