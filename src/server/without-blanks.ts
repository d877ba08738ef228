/** What was written into the fields of a form: trimmed, and null where nothing but blanks was. */
export function withoutBlanks<T extends object>(written: T): T {
  const entries = Object.entries(written).map(([name, value]: [string, unknown]) => [
    name,
    typeof value === 'string' ? value.trim() || null : value,
  ])
  return Object.fromEntries(entries) as T
}
