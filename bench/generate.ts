import { createReadStream } from 'node:fs'
import { open } from 'node:fs/promises'
import { createGunzip } from 'node:zlib'
import { encodeIso2709 } from '../src/marc/iso2709/encode.ts'
import { decodeFrame, openMarc } from '../src/marc/read.ts'
import type { Field, MarcRecord } from '../src/marc/record.ts'

/** Real records to mutate: 50,000 of 1.9 kB. */
export const bulkFile = new URL('../../shared/data/bulk/gpo_union_50000_utf8.mrc.gz', import.meta.url)
  .pathname

/**
 * Writes a file of so many records, or of so many bytes, by going round the real file and giving each
 * round's records identifiers of their own; everything else is as real as it was. With `edition` the
 * records keep the identifiers of the same call without it and differ in content: they match and merge.
 */
export async function generate(
  path: string,
  size: { records?: number; bytes?: number },
  edition = 0,
): Promise<{ records: number; bytes: number }> {
  const file = await open(path, 'w')
  let records = 0
  let bytes = 0
  try {
    for (let round = 0; ; round++) {
      for await (const batch of readBulk()) {
        const encoded: Uint8Array[] = []
        for (const record of batch) {
          if (
            (size.records !== undefined && records >= size.records) ||
            (size.bytes !== undefined && bytes >= size.bytes)
          )
            break
          const written = encodeIso2709(mutate(record, ++records, edition))
          encoded.push(written.bytes)
          bytes += written.bytes.length
        }
        await file.write(Buffer.concat(encoded))
        if (
          (size.records !== undefined && records >= size.records) ||
          (size.bytes !== undefined && bytes >= size.bytes)
        )
          return { records, bytes }
      }
    }
  } finally {
    await file.close()
  }
}

async function* readBulk(): AsyncGenerator<MarcRecord[]> {
  const opened = await openMarc(createReadStream(bulkFile).pipe(createGunzip()))
  if ('notMarc' in opened) throw new Error(opened.notMarc.message)
  for await (const frames of opened.frames) {
    yield frames.flatMap((frame) => {
      if (frame.kind === 'junk') return []
      const decoded = decodeFrame(opened.format, frame, 'repair')
      return decoded.ok ? [decoded.record] : []
    })
  }
}

const numbered = new Set(['010', '020', '022', '024', '027', '028', '030', '037', '074', '086', '088'])

function mutate(record: MarcRecord, number: number, edition: number): MarcRecord {
  const fields: Field[] = []
  for (const field of record.fields) {
    if (!('subfields' in field)) {
      fields.push(field.tag === '001' ? { tag: '001', value: String(1_000_000_000 + number) } : field)
      continue
    }
    if (field.tag === '035' || field.tag === '019') {
      const subfields = field.subfields.map(({ code, value }, at) => ({
        code,
        value: value.replace(/\d[\d]*$/, String((number * 8 + at) % 1_900_000_000)),
      }))
      fields.push({ ...field, subfields })
    } else if (numbered.has(field.tag)) {
      const subfields = field.subfields.map(({ code, value }) => ({
        code,
        value: code === 'a' || code === 'z' ? shiftDigits(value, number) : value,
      }))
      fields.push({ ...field, subfields })
    } else fields.push(field)
  }
  if (edition > 0)
    fields.push({
      tag: '500',
      ind1: ' ',
      ind2: ' ',
      subfields: [{ code: 'a', value: `Described from edition ${edition} of record ${number}.` }],
    })
  return { leader: record.leader, fields }
}

/** The digits of an identifier, turned by the record's number; checksums are as wrong as in the wild. */
const shiftDigits = (value: string, number: number) => {
  const turn = String(number).padStart(9, '7')
  let at = 0
  return value.replace(/\d/g, (digit) => String((Number(digit) + Number(turn[at++ % turn.length])) % 10))
}
