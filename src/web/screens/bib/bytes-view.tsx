import { encodeIso2709 } from '../../../marc/iso2709/encode.ts'
import type { MarcRecord } from '../../../marc/record.ts'
import { byteLines } from '../../marc/byte-lines.ts'
import { text } from '../../text.ts'

const words = text.bib

/** What a page shows of a record's bytes; the rest is in the download. */
const mostShown = 16_384

/** The record as ISO 2709, byte for byte. */
export function BytesView({ record }: { readonly record: MarcRecord }) {
  const { bytes, notes } = encodeIso2709(record)
  return (
    <div className="whole-text">
      {notes.map((note) => (
        <p key={note} className="notice">
          {note}
        </p>
      ))}
      <pre className="bytes">{byteLines(bytes.subarray(0, mostShown)).join('\n')}</pre>
      {bytes.length > mostShown && <p>{words.bytesMore(bytes.length - mostShown)}</p>}
    </div>
  )
}
