import type { Zone } from '../catalog/zone.ts'
import type { Database } from '../db/database.ts'

/**
 * The catalogue of a zone as canonical lines, sorted: one a bib, free of numbers, times, 001 and 005,
 * so that two catalogues can be compared by checksum. A linked bib shows the record that it shows its
 * readers, and then its local fields. How much inventory a bib has stands at the end, where it has any. Lines come in batches; the database sorts, so memory stays flat.
 */
export async function* dump(db: Database, zone: Zone): AsyncGenerator<string[]> {
  const rows = db.stream<{ line: string }>(
    `select line from (
       select concat_ws(' | ',
         case when b.suppressed then 'suppressed' else 'shown' end,
         b.publish_to_oclc, 'level ' || b.brief_level, b.carrier, b.originating_system,
         ${content('coalesce(n.record, b.record)')},
         case when b.linked_mms_id is not null then 'linked ' || ${content('b.record')} end,
         h.count || ' holdings', i.count || ' items', p.count || ' portfolios'
       ) collate "C" as line
       from bib b left join bib n on n.mms_id = b.linked_mms_id
       ${(['holdings', 'item', 'portfolio'] as const).map(counts).join('\n')}
       where b.zone_id = $1
     ) lines
     order by line`,
    [zone.zoneId],
  )
  for await (const batch of rows) yield batch.map(({ line }) => line)
}

/** Read once, for all bibs of the zone. */
const counts = (table: 'holdings' | 'item' | 'portfolio') => `
  left join (select mms_id, count(*) from ${table} where zone_id = $1 group by mms_id) ${table.charAt(0)}
    on ${table.charAt(0)}.mms_id = b.mms_id`

/** Leader without lengths, and the fields without 001 and 005, in marks that can be seen; in 035 `(NZ)` names a bib that had a number. */
const content = (record: string) => `
  substr(${record}, 6, 7) || substr(${record}, 18, 7) ||
  translate(${withoutNumbers(`regexp_replace(${record}, e'^[^\\x1e]*(\\x1e001[^\\x1e]*)?(\\x1e005[^\\x1e]*)?', '')`)}, e'\\x1e\\x1f\\n\\r', '¶‡  ')`

/** Without the MMS IDs in 035 $a, of bibs that were combined into this one or that it was copied from. */
const withoutNumbers = (text: string) =>
  `regexp_replace(${text}, e'(\\x1e035..\\x1fa\\\\([^)\\x1e\\x1f]*\\\\))99[0-9]{6,17}(?=[\\x1e\\x1f]|$)', '\\1', 'g')`
