/*
 * Control characters have no place in a MARC field but for the subfield delimiter; the database and XML
 * refuse some of them outright. C1 is left alone: U+0098 and U+009C part non-sorting words.
 */

/** How a control character is named in a repair: `U+000B`. */
export const controlName = (code: number): string => `U+${code.toString(16).toUpperCase().padStart(4, '0')}`

/** Tab, line feed, vertical tab, form feed, carriage return: a space takes their place, so that no words join. */
export const partsWords = (code: number): boolean => code >= 0x09 && code <= 0x0d

/** Whether what stands before a control character parts words already. */
export const isSpace = (code: number | undefined): boolean =>
  code !== undefined && (code === 0x20 || partsWords(code))

const delimiter = 0x1f

const isControl = (code: number): boolean => (code < 0x20 && code !== delimiter) || code === 0x7f

/** A text without its control characters, and their names. */
export function takeControls(text: string): { readonly text: string; readonly controls: readonly string[] } {
  let clean = ''
  let start = 0
  const controls: string[] = []
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at)
    if (!isControl(code)) continue
    controls.push(controlName(code))
    clean += text.slice(start, at)
    if (partsWords(code) && !isSpace(text.charCodeAt(at - 1))) clean += ' '
    start = at + 1
  }
  return controls.length === 0 ? { text, controls } : { text: clean + text.slice(start), controls }
}
