import { createHash } from 'node:crypto'
import type { Format, RecordFrame } from '../marc/frame.ts'
import { decodeFrame } from '../marc/read.ts'
import type { RunProfile } from '../rules/import-profile.ts'
import type { Code } from '../rules/outcome.ts'
import { type Prepared, prepare, type PrepareOptions } from '../rules/prepare.ts'
import { validationRules } from '../rules/validation/validation-rules.ts'
import type { PreparedRecord } from './batch.ts'

/**
 * One frame, decoded and prepared: pure but for the hash. What a file may hold is no fault; should a record
 * bring one to light all the same, it is rejected alone, and its neighbours are imported.
 */
export function prepareFrame(
  format: Format,
  frame: RecordFrame,
  profile: RunProfile,
  options: PrepareOptions = {},
): PreparedRecord {
  const hash = createHash('sha256').update(frame.bytes).digest('hex').slice(0, 32)
  const where = { position: frame.position, offset: frame.offset, length: frame.bytes.length, hash }
  try {
    return { ...where, ...prepareBytes(format, frame, profile, options) }
  } catch (error) {
    const message = error instanceof Error ? `${error.name}: ${error.message}` : String(error)
    return { ...where, repairs: frame.repairs, prepared: rejected('PROGRAM_FAULT', message.slice(0, 300)) }
  }
}

function prepareBytes(
  format: Format,
  frame: RecordFrame,
  profile: RunProfile,
  options: PrepareOptions,
): Pick<PreparedRecord, 'repairs' | 'prepared'> {
  if (frame.rejected)
    return { repairs: frame.repairs, prepared: rejected(frame.rejected.code, frame.rejected.message) }
  const decoded = decodeFrame(format, frame, profile.reading)
  const { repairs } = decoded
  if (!decoded.ok) return { repairs, prepared: rejected(decoded.rejected.code, decoded.rejected.message) }
  const { detail } = options
  if (detail) {
    detail.encoding = decoded.encoding
    detail.incoming = decoded.record
  }
  const prepared = prepare(decoded.record, profile, options)
  return { repairs, prepared: profile.reading === 'strict' ? strictly(prepared, repairs) : prepared }
}

const rejected = (code: Code, message: string): Prepared => ({
  status: 'out',
  outcome: 'rejected',
  code,
  title: '',
  problems: [message],
})

/** Every finding noted, none in the way. */
const allWarnings = Object.fromEntries(Object.keys(validationRules).map((code) => [code, 'warning' as const]))

/** A profile that lets pass what a person may let pass: repairs, findings of validation, what is filtered. */
export const letPass = (profile: RunProfile): RunProfile => ({
  ...profile,
  reading: profile.reading === 'strict' ? 'repair' : profile.reading,
  filter: null,
  validate: allWarnings,
})

/** A strict profile leaves a record that needed mending to a person. */
function strictly(prepared: Prepared, repairs: PreparedRecord['repairs']): Prepared {
  const structural = repairs.find(
    ({ code }) => !code.startsWith('ENCODING') && !code.startsWith('CHARACTER_'),
  )
  const undecodable = repairs.find(({ code }) => code === 'ENCODING_BYTES')
  if (prepared.status === 'out' || (!structural && !undecodable)) return prepared
  return {
    status: 'out',
    outcome: 'unresolved',
    code: undecodable ? 'ENCODING' : 'STRUCTURE',
    title: prepared.ready.derived.title,
  }
}
