import { createHash } from 'node:crypto'
import type { Format, RecordFrame } from '../marc/frame.ts'
import { decodeFrame } from '../marc/read.ts'
import type { ImportProfile } from '../rules/import-profile.ts'
import { type Prepared, prepare } from '../rules/prepare.ts'
import { validationRules } from '../rules/validate.ts'
import type { PreparedRecord } from './batch.ts'

/** One frame, decoded and prepared: pure but for the hash. */
export function prepareFrame(format: Format, frame: RecordFrame, profile: ImportProfile): PreparedRecord {
  const hash = createHash('sha256').update(frame.bytes).digest('hex').slice(0, 32)
  const where = { position: frame.position, offset: frame.offset, length: frame.bytes.length, hash }
  if (frame.rejected) {
    return {
      ...where,
      repairs: frame.repairs,
      prepared: {
        status: 'out',
        outcome: 'rejected',
        code: frame.rejected.code,
        title: '',
        problems: [frame.rejected.message],
      },
    }
  }
  const decoded = decodeFrame(format, frame, profile.reading)
  if (!decoded.ok) {
    return {
      ...where,
      repairs: decoded.repairs,
      prepared: {
        status: 'out',
        outcome: 'rejected',
        code: decoded.rejected.code,
        title: '',
        problems: [decoded.rejected.message],
      },
    }
  }
  const prepared = prepare(decoded.record, profile)
  return {
    ...where,
    repairs: decoded.repairs,
    prepared: profile.reading === 'strict' ? strictly(prepared, decoded.repairs) : prepared,
  }
}

/** Every finding noted, none in the way. */
const allWarnings = Object.fromEntries(Object.keys(validationRules).map((code) => [code, 'warning' as const]))

/** A profile that lets pass what a person may let pass: repairs, findings of validation, what is filtered. */
export const letPass = (profile: ImportProfile): ImportProfile => ({
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
