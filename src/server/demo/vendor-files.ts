import { readFile } from 'node:fs/promises'
import { promisify } from 'node:util'
import { gzip } from 'node:zlib'
import { fileLimits } from '../../marc/frame.ts'
import { encodeIso2709 } from '../../marc/iso2709/encode.ts'
import { collectionHead, collectionTail, encodeMarcxml } from '../../marc/marcxml/encode.ts'
import { decodeMrk } from '../../marc/mrk/decode.ts'
import { frameMrk } from '../../marc/mrk/frame.ts'
import type { MarcRecord } from '../../marc/record.ts'
import { type DamageName, damages } from './damage.ts'

/*
 * The files that vendors and OCLC sent to the demo's libraries. The records are in files/, as mnemonic
 * text; OCLC numbers in them are made up, beyond those that OCLC has given out.
 */

export type VendorFile = {
  /** Of files/, without `.mrk`. */
  readonly records: string
  /** As it was sent. */
  readonly name: string
  readonly sentAs: 'iso2709' | 'iso2709.gz' | 'marcxml' | 'mrk' | 'tape' | 'web-page'
}

const tapeDamages: readonly DamageName[] = [
  'marc8',
  'marc8LabelledUtf8',
  'latin1',
  'marc8',
  'utf8LabelledMarc8',
  'utf8Twice',
  'lengthsInCharacters',
  'wrongLength',
  'byteOfNoSet',
  'noRecordEnd',
  'lineEnds',
  'controlCharacters',
  'lettersInDirectory',
  'cutDirectory',
  'authority',
  'noFields',
  'cutOff',
]

/** The bytes of a file, as it was sent. The same each time: a file is known by its hash. */
export async function makeVendorFile({ records, sentAs }: VendorFile): Promise<Uint8Array> {
  if (sentAs === 'web-page') return Buffer.from(logInPage)
  const text = await readFile(new URL(`files/${records}.mrk`, import.meta.url))
  if (sentAs === 'mrk') return text
  const found = await readRecords(text)
  if (sentAs === 'tape') return makeTape(found)
  if (sentAs === 'marcxml')
    return Buffer.concat([
      collectionHead,
      ...found.map((record) => encodeMarcxml(record).bytes),
      collectionTail,
    ])
  const bytes = Buffer.concat(found.map((record) => encodeIso2709(record).bytes))
  return sentAs === 'iso2709.gz' ? promisify(gzip)(bytes) : bytes
}

/** One record of files/ as ISO 2709; positions begin at 1. */
export async function recordOfFile(records: string, position: number): Promise<Uint8Array> {
  const found = await readRecords(await readFile(new URL(`files/${records}.mrk`, import.meta.url)))
  const record = found[position - 1]
  if (record === undefined) throw new Error(`${records} has no record ${position}`)
  return encodeIso2709(record).bytes
}

async function readRecords(text: Uint8Array): Promise<MarcRecord[]> {
  const records: MarcRecord[] = []
  for await (const frames of frameMrk(onePiece(text), fileLimits)) {
    for (const frame of frames) {
      if (frame.kind === 'junk') continue
      const decoded = decodeMrk(frame, 'repair')
      if (!decoded.ok) throw new Error(decoded.rejected.message)
      records.push(decoded.record)
    }
  }
  return records
}

/** Bytes as a stream of them. */
export async function* onePiece(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  yield bytes
}

/** Damaged records with what a tape has between them: line ends, a label, blocks filled up with NUL. */
function makeTape(records: readonly MarcRecord[]): Uint8Array {
  const pieces = records.map((record, at) => damages[tapeDamages[at] ?? 'none'](record))
  pieces.splice(12, 0, Buffer.from('\r\nVOL1HERON02 REEL 2 OF 2\r\n'))
  pieces.splice(4, 0, Buffer.alloc(96))
  return Buffer.concat(pieces)
}

/** What a careless download brings in place of the file. */
const logInPage = `<!doctype html>
<html lang="en">
<head><title>Northgate Books: log in</title></head>
<body>
<h1>Your session has ended</h1>
<form><label>User name <input name="user"></label> <label>Password <input type="password"></label></form>
</body>
</html>
`
