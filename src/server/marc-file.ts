import type { MarcRecord } from '../marc/record.ts'
import { encodeIso2709 } from '../marc/iso2709/encode.ts'
export const encodeAs = (format: string, record: MarcRecord) => ({
  contentType: format,
  bytes: Buffer.from(String(encodeIso2709(record))),
})
