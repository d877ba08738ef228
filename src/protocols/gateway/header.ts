/** Fields of a header in the order in which they are sent: U the OCLC authorisation, A the logon, P the password. */
export type SentFields = readonly (readonly [tag: string, value: string])[]

const utf8 = new TextEncoder()

/** The header as the Connexion client sends it: each length is one octet, 64 above it. @throws {RangeError} above 191 bytes */
export const desktopHeader = (fields: SentFields): Uint8Array =>
  joined(fields, (length) => {
    if (length > 191)
      throw new RangeError(`A value of ${length} bytes is too long: 191 fit one length octet.`)
    return Uint8Array.of(0x40 + length)
  })

/** The header as web senders write it: each length in decimal digits. @throws {RangeError} above 999 bytes */
export const decimalHeader = (fields: SentFields): Uint8Array =>
  joined(fields, (length) => {
    if (length > 999)
      throw new RangeError(`A value of ${length} bytes is too long: 999 is the highest length.`)
    return utf8.encode(String(length))
  })

function joined(fields: SentFields, lengthOf: (length: number) => Uint8Array): Uint8Array {
  return Uint8Array.from(
    fields.flatMap(([tag, value]) => {
      const bytes = utf8.encode(value)
      return [...utf8.encode(tag), ...lengthOf(bytes.length), ...bytes]
    }),
  )
}
