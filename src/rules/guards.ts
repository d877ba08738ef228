import type { OnMatch } from './import-profile.ts'

/** D21: whether the incoming record is briefer than the existing one; levels 1 (briefest) to 10 (fullest), equal passes. */
export const briefGuard = (existingLevel: number, incomingLevel: number): boolean =>
  incomingLevel < existingLevel

/** Why the older-version guard let a record pass or refused it; the trace shows it. */
export type VersionVerdict =
  | 'disabled'
  | 'other-originating-system'
  | 'existing-has-none'
  | 'incoming-has-none'
  | 'existing-malformed'
  | 'incoming-malformed'
  | 'equal'
  | 'newer'
  | 'older'

/**
 * D20: compares the incoming 005 with the 005 of the version that was imported last, never with the
 * time of our own save. Refuses only an older one that can be told to be older.
 */
export function olderVersion(
  existing005: string | null,
  incoming005: string | null,
  mode: OnMatch['olderVersion'],
  sameOrigin: boolean,
): { readonly refused: boolean; readonly why: VersionVerdict } {
  const why = compareVersions(existing005, incoming005, mode, sameOrigin)
  return { refused: why === 'older', why }
}

function compareVersions(
  existing005: string | null,
  incoming005: string | null,
  mode: OnMatch['olderVersion'],
  sameOrigin: boolean,
): VersionVerdict {
  if (mode === 'disabled') return 'disabled'
  if (mode === 'consider-originating-system' && !sameOrigin) return 'other-originating-system'
  if (!existing005) return 'existing-has-none'
  if (!incoming005) return 'incoming-has-none'
  const existing = version005(existing005)
  const incoming = version005(incoming005)
  if (existing === null) return 'existing-malformed'
  if (incoming === null) return 'incoming-malformed'
  if (incoming === existing) return 'equal'
  return incoming > existing ? 'newer' : 'older'
}

/** A 005 (`yyyymmddhhmmss.f`) in the form that sorts by time, or nothing where it is no time. */
function version005(text: string): string | null {
  const parts = /^(\d{4})(\d{2})(\d{2})(\d{2})(\d{2})(\d{2})(?:\.(\d))?$/.exec(text.trim())
  if (!parts) return null
  const [, , month = '', day = '', hour = '', minute = '', second = ''] = parts
  const sound =
    month >= '01' &&
    month <= '12' &&
    day >= '01' &&
    day <= '31' &&
    hour <= '24' &&
    minute <= '59' &&
    second <= '60'
  return sound ? text.trim().slice(0, 14) + (parts[7] ?? '0') : null
}
