import { type Static, Type } from 'typebox'
import { ProfileCode } from './profile.ts'
import { closed, Count, list, RowId, Sha256, Time, ZoneCode } from './shape.ts'

/** A file that the server has on its disk; a job names it by its hash. */
export const StoredFile = Type.Object(
  {
    sha256: Sha256,
    size: Count,
    name: Type.String(),
    loadedBefore: list(Type.Object({ job: RowId, at: Time, profile: ProfileCode, zone: ZoneCode }, closed)),
  },
  { ...closed, title: 'StoredFile' },
)
export type StoredFile = Static<typeof StoredFile>

/** One part, the file; its name is kept for people. */
export const Upload = Type.Object(
  { file: Type.Unsafe<unknown>({ type: 'string', format: 'binary' }) },
  closed,
)
