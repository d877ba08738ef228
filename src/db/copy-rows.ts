import { type CopyBuffer, createCopyBuffer } from './copy.ts'
import type { Queryable } from './database.ts'

/** Buffers that no COPY is using. A body of a batch is half a megabyte; to make one anew costs more than to fill it. */
const free: CopyBuffer[] = []
const mostFree = 8
/** A body of huge records is given back to the system. */
const mostBytes = 4 << 20

/**
 * Encodes rows and sends them by a COPY … FROM STDIN (FORMAT BINARY); nothing is sent where there is none.
 * Answers the number of rows.
 */
export async function copyRows(
  db: Queryable,
  statement: string,
  encode: (rows: CopyBuffer) => void,
): Promise<number> {
  const rows = free.pop() ?? createCopyBuffer()
  encode(rows)
  if (rows.rows === 0) {
    free.push(rows)
    return 0
  }
  const body = rows.finish()
  const copied = await db.copyIn(statement, body)
  // A buffer whose COPY failed is left: its bytes may still be on their way.
  if (free.length < mostFree && body.buffer.byteLength <= mostBytes) free.push(rows)
  return copied
}
