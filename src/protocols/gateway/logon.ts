/** A logon as a cataloguer types it: the code of a zone, or `ZONE/person` where the logon is shared and the name is wanted. */
export type Logon = { readonly zone: string; readonly person: string | null }

/** Codes are case-sensitive, as in Connexion's settings; what follows the first slash is the person. */
export function parseLogon(text: string): Logon {
  const slash = text.indexOf('/')
  if (slash === -1) return { zone: text, person: null }
  const person = text.slice(slash + 1)
  return { zone: text.slice(0, slash), person: person === '' ? null : person }
}
