/** Prepared statements held by each connection at most. */
const LIMIT = 400
/** Texts remembered while they wait for their second use. */
const REMEMBERED = 2000

export type StatementNames = {
  /** A name to prepare the text under once it has been used before; null to send it unprepared. */
  nameOf(text: string): string | null
}

/** Texts that come again are prepared; those built for one use (a search) are not, and push nothing out. */
export function openStatementNames(): StatementNames {
  const names = new Map<string, string>()
  const seen = new Set<string>()

  return {
    nameOf(text) {
      const name = names.get(text)
      if (name !== undefined) return name
      if (names.size >= LIMIT) return null
      if (seen.delete(text)) {
        const fresh = `s${names.size + 1}`
        names.set(text, fresh)
        return fresh
      }
      if (seen.size >= REMEMBERED) seen.clear()
      seen.add(text)
      return null
    },
  }
}
