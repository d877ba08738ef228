import { type Utf16, utf16Of } from './utf16.ts'

/** What a file of text is written in, by its first bytes; what does not say it is UTF-8. */
export const encodingOf = (bytes: Uint8Array): Utf16 | 'utf-8' => utf16Of(bytes) ?? 'utf-8'

/** The text of a file without its byte order mark. Spreadsheets save “Unicode text” as UTF-16. */
export const fileText = (bytes: Uint8Array): string => new TextDecoder(encodingOf(bytes)).decode(bytes)

/** A character that no text has, and that the database keeps in none. */
export const holdsNul = (text: string): boolean => text.includes('\0')
