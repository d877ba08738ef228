import type { Queryable } from '../db/database.ts'
import type { Format, RecordFrame, Repair } from '../marc/frame.ts'
import { withoutComma } from '../marc/json/frame.ts'
import { decodeFrame, reframe } from '../marc/read.ts'
import type { MarcRecord } from '../marc/record.ts'
import type { ImportProfile } from '../rules/import-profile.ts'
import type { JobRow } from './job-row.ts'
import { readOriginals } from './original.ts'
import { filtered, filterValues, type RecordFilter, type RecordPlace } from './record-filter.ts'
import { ImportRefusal } from './refusal.ts'

/** A record as its bytes are read by the profile of its job; nothing where they are no record. */
export async function readRecord(
  db: Queryable,
  dataDir: string,
  { jobId, profile }: JobRow,
  place: RecordPlace,
): Promise<{ readonly record: MarcRecord | null; readonly repairs: readonly Repair[] }> {
  const { format, frame } = await readFrame(db, dataDir, jobId, place)
  const decoded = decodeFrame(format, frame, (profile as ImportProfile).reading)
  return { record: decoded.ok ? decoded.record : null, repairs: decoded.repairs }
}

/** The bytes of a record as the frame that was cut from its file. */
export async function readFrame(
  db: Queryable,
  dataDir: string,
  jobId: string,
  { file, position }: RecordPlace,
): Promise<{ readonly format: Format; readonly frame: RecordFrame }> {
  const [place] = await findPlaces(db, jobId, { file, position })
  if (!place) throw new Error(`job ${jobId} has no record ${position} in file ${file}`)
  const { format, offset, code } = place
  for await (const bytes of readOriginals(dataDir, place, pageOf([place]))) {
    const frame = await reframe(format, bytes, { position, offset })
    // Without what followed it in its file, a record that lacks its end looks cut off.
    if (frame.rejected && frame.rejected.code !== code)
      return { format, frame: { kind: 'record', position, offset, bytes, repairs: [] } }
    return { format, frame }
  }
  throw new Error(`the file of job ${jobId} is not what was framed`)
}

async function* pageOf<T>(page: readonly T[]): AsyncGenerator<readonly T[]> {
  yield page
}

type FilePlace = {
  readonly file: number
  readonly position: number
  readonly sha256: string
  readonly entry: string | null
  readonly format: Format
  readonly offset: number
  readonly length: number
  readonly code: string | null
}

const placesPerPage = 1000

const findPlaces = (db: Queryable, job: number | string, filter: RecordFilter, after?: RecordPlace) =>
  db.query<FilePlace>(
    `select r.file_no as file, r.position, f.sha256, f.entry, f.format, r.byte_offset as "offset", r.byte_length as length, r.code
     from import_record r join import_file f on f.job_id = r.job_id and f.file_no = r.file_no
     ${filtered} and (r.file_no, r.position) > ($8::int, $9::int)
     order by r.file_no, r.position limit ${placesPerPage}`,
    [...filterValues(job, filter), after?.file ?? -1, after?.position ?? -1],
  )

/** What stands around and between records, where bytes of records alone are no file. */
const wrapping: Readonly<
  Record<Format | 'list', { readonly head: string; readonly between: string; readonly tail: string }>
> = {
  // MMS IDs, one a line: of a job over a list of bibs.
  list: { head: '', between: '', tail: '' },
  iso2709: { head: '', between: '', tail: '' },
  marcxml: {
    head: '<?xml version="1.0" encoding="UTF-8"?>\n<collection xmlns="http://www.loc.gov/MARC21/slim">\n',
    between: '\n',
    tail: '\n</collection>\n',
  },
  json: { head: '', between: '\n', tail: '\n' },
  mrk: { head: '', between: '\n\n', tail: '\n' },
}

/**
 * The records that a filter leaves, as they came, byte for byte but for the commas of a list in JSON, as a
 * file of their format. Files of one
 * format only: a job of several has to be asked file by file.
 *
 * @throws {ImportRefusal}
 */
export async function* originalBytes(
  db: Queryable,
  dataDir: string,
  job: number,
  filter: RecordFilter,
): AsyncGenerator<Uint8Array> {
  const files = await db.query<{
    file: number
    sha256: string
    entry: string | null
    format: Format | 'list'
  }>(
    `select file_no as file, sha256, entry, format from import_file
     where job_id = $1 and format is not null and ($2::int is null or file_no = $2) order by file_no`,
    [job, filter.file ?? null],
  )
  const [first] = files
  if (!first) {
    if (filter.file !== undefined) throw noSuchFile(job, filter.file)
    return
  }
  if (files.some(({ format }) => format !== first.format))
    throw new ImportRefusal(
      'conflict',
      'SEVERAL_FORMATS',
      `The files of job ${job} are in several formats, which cannot stand in one file.`,
      'Take them file by file: on the command line by --file N.',
    )
  const { head, between, tail } = wrapping[first.format]
  let count = 0
  yield Buffer.from(head)
  for (const file of files) {
    for await (const bytes of readOriginals(
      dataDir,
      file,
      placesOf(db, job, { ...filter, file: file.file }),
    )) {
      if (count++ > 0) yield Buffer.from(between)
      yield first.format === 'json' ? withoutComma(bytes) : bytes
    }
  }
  yield Buffer.from(tail)
}

const noSuchFile = (job: number, file: number) =>
  new ImportRefusal(
    'missing',
    'NO_SUCH_FILE',
    `Job ${job} has no MARC file ${file}.`,
    `See its files with their numbers: accession job show ${job} --json.`,
  )

async function* placesOf(
  db: Queryable,
  job: number,
  filter: RecordFilter,
): AsyncGenerator<readonly FilePlace[]> {
  let last: FilePlace | undefined
  do {
    const page = await findPlaces(db, job, filter, last)
    if (page.length > 0) yield page
    last = page.length < placesPerPage ? undefined : page.at(-1)
  } while (last)
}
