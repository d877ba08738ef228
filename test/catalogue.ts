import { writeBibs } from '../src/catalog/bib-write.ts'
import { reserveMmsIds } from '../src/catalog/mms-id.ts'
import { getZone } from '../src/catalog/zone.ts'
import type { Database } from '../src/db/database.ts'
import type { DataField, Field, MarcRecord } from '../src/marc/record.ts'
import { briefLevel } from '../src/rules/brief-level.ts'
import { carrierOf } from '../src/rules/match/carrier.ts'
import { deriveState } from '../src/rules/derive.ts'
import { bodyOf, storedRecord } from '../src/rules/prepare.ts'

/** A data field as a cataloguer writes it: `245 10 $a Emma / $c Jane Austen.`, blanks of indicators as `_`. */
function field(line: string): DataField {
  const [tag = '', indicators = ''] = line.split(' ', 2)
  const subfields = line
    .slice(tag.length + indicators.length + 2)
    .split('$')
    .slice(1)
    .map((text) => ({ code: text.slice(0, 1), value: text.slice(1).trim() }))
  return {
    tag,
    ind1: indicators.charAt(0).replace('_', ' '),
    ind2: indicators.charAt(1).replace('_', ' '),
    subfields,
  }
}

export const record = (...lines: readonly string[]): MarcRecord => ({
  leader: '00000nam a2200000 i 4500',
  fields: [
    { tag: '008', value: '151105s1815    enk           000 1 eng d' } satisfies Field,
    ...lines.map(field),
  ],
})

/** Puts a bib into a zone as an import would, and answers its MMS ID. Linked ones keep their local fields alone. */
export async function addBib(
  db: Database,
  zoneCode: string,
  content: MarcRecord,
  { linkedMmsId = null }: { linkedMmsId?: string | null } = {},
): Promise<string> {
  const zone = await getZone(db, zoneCode)
  const [mmsId = ''] = await reserveMmsIds(db, zone.suffix, 1)
  await db.transaction(async (tx) => {
    const after = {
      mmsId,
      version: 1,
      record:
        linkedMmsId === null
          ? storedRecord(content.leader, mmsId, '20261101000000.0', bodyOf(content))
          : content.leader + bodyOf(content),
      briefLevel: briefLevel(content),
      carrier: carrierOf(content),
      suppressed: false,
      publishToOclc: 'publish' as const,
      originatingSystem: 'OCLC',
      originatingNumber: null,
      originatingVersion: null,
      linkedMmsId,
      linkedToCommunity: false,
      lock: null,
      sourceHash: null,
      passed: null,
      jobId: null,
      hangs: [],
    }
    const change = {
      mmsId,
      before: null,
      after,
      derivedBefore: null,
      derivedAfter: deriveState(after),
      position: null,
    }
    await writeBibs(tx, zone.zoneId, [{ ...change, action: linkedMmsId === null ? 'created' : 'linked' }], {
      by: null,
      jobId: null,
      fileNo: null,
    })
  })
  return mmsId
}
