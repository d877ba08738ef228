import type { MarcRecord } from './record.ts'

/*
 * What a file is made of. Frames tile the bytes of a file (after decompression) exactly: no gap,
 * no overlap. A frame is either a record, sound or not, or junk between records.
 */

/** What a file was recognised as, by its content alone. */
export type Format = 'iso2709' | 'marcxml' | 'json' | 'mrk'

export type RecordFrame = {
  readonly kind: 'record'
  /** 1 for the first record of the file. */
  readonly position: number
  /** In bytes, from the start of the decompressed file. */
  readonly offset: number
  readonly bytes: Uint8Array
  /** What framing itself had to mend (length, terminator …). */
  readonly repairs: readonly Repair[]
  /** Set where the file, not the record, says how its bytes are to be read: a label as in XML (`iso-8859-1`). */
  readonly encoding?: string
  /** Set where the bytes are known to be no whole record: they are a `rejected` outcome, kept for download. */
  readonly rejected?: Rejection
}

/** Envelope, blank space, padding, foreign bytes: bytes of a file that are no record. */
export type JunkFrame = {
  readonly kind: 'junk'
  readonly offset: number
  readonly length: number
  readonly why: JunkCode
}

export type Frame = RecordFrame | JunkFrame

export type JunkCode = 'LINE_ENDS' | 'BOM' | 'PADDING' | 'ENVELOPE' | 'FOREIGN'

/** A mending of one record, named, with what was there and what is there now. */
export type Repair = {
  readonly code: RepairCode
  /** Tag and occurrence (`245`, `650#2`), or `leader`, or nothing where the whole record is meant. */
  readonly field?: string
  readonly before: string
  readonly after: string
}

/** Why bytes could not become a record. The codes are shown to people and are never renamed. */
export type Rejection = { readonly code: RejectCode; readonly message: string }

export type RejectCode =
  | 'TRUNCATED'
  | 'NO_DIRECTORY'
  | 'NO_FIELDS'
  | 'TOO_LARGE'
  | 'TOO_MANY_FIELDS'
  | 'FIELD_TOO_LARGE'
  | 'NOT_WELL_FORMED'
  | 'DOCTYPE_REFUSED'
  | 'NOT_A_RECORD'

/** One code a kind of repair; `docs/errors.md` explains each. */
export type RepairCode =
  | 'LENGTH'
  | 'LENGTH_IN_CHARACTERS'
  | 'TERMINATOR_MISSING'
  | 'TERMINATOR_INSIDE'
  | 'BASE_ADDRESS'
  | 'LEADER_LENGTH'
  | 'LEADER_FILLED'
  | 'DIRECTORY'
  | 'FIELD_TERMINATOR_MISSING'
  | 'LINE_ENDS_INSIDE'
  | 'TAG'
  | 'INDICATORS'
  | 'TEXT_BEFORE_SUBFIELD'
  | 'SUBFIELD_CODE'
  | 'JSON_SHAPE'
  | 'CONTROL_CHARACTER'
  | 'ENCODING_LABEL'
  | 'ENCODING_MIXED'
  | 'ENCODING_LATIN1'
  | 'ENCODING_BYTES'
  | 'ENCODING_DOUBLE'
  | 'ESCAPE_SEQUENCE'
  | 'CHARACTER_REFERENCE'
  | 'CHARACTER_ENTITY'
  | 'OVERSIZE'

export type Encoding = 'utf-8' | 'marc-8' | 'cp1252' | 'mixed' | 'ascii'

export type Decoded =
  | {
      readonly ok: true
      readonly record: MarcRecord
      readonly repairs: readonly Repair[]
      readonly encoding: Encoding
    }
  | { readonly ok: false; readonly rejected: Rejection; readonly repairs: readonly Repair[] }

/** D39: one table of limits. Bytes, but for `fields`. */
export type MarcLimits = { readonly record: number; readonly field: number; readonly fields: number }

export const fileLimits: MarcLimits = { record: 16 * 1024 * 1024, field: 1024 * 1024, fields: 10_000 }
