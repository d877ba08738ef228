import { type Static, Type } from 'typebox'
import { ProfileCode } from './profile.ts'
import { closed, list, ZoneCode } from './shape.ts'

/** A file to try, and where it belongs. */
export const DemoFile = Type.Object(
  { name: Type.String(), zone: ZoneCode, profile: ProfileCode, about: Type.String() },
  { ...closed, title: 'DemoFile' },
)
export type DemoFile = Static<typeof DemoFile>

export const DemoFiles = list(DemoFile)

export const DemoSecrets = list(ZoneCode)

export const DemoFileParams = Type.Object({ name: Type.String({ minLength: 1, maxLength: 200 }) }, closed)
