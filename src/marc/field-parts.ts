import type { Repair } from './frame.ts'

/*
 * Tags, indicators and subfield codes where a format names them one by one (attributes, keys), so that
 * each can be missing or too long by itself.
 */

/** Names fields as repairs do, in the order of the record: `650`, then `650#2`. */
export function fieldNamer(): (tag: string) => string {
  const seen = new Map<string, number>()
  return (tag) => {
    const occurrence = (seen.get(tag) ?? 0) + 1
    seen.set(tag, occurrence)
    return occurrence === 1 ? tag : `${tag}#${occurrence}`
  }
}

/** Three printable characters of ASCII; what is missing or no such character becomes a question mark. */
export function tagOf(given: string | undefined, repairs: Repair[]): string {
  if (given !== undefined && /^[!-~]{3}$/.test(given)) return given
  const tag = [...(given ?? '')]
    .slice(0, 3)
    .map((character) => (/[!-~]/.test(character) ? character : '?'))
    .join('')
    .padEnd(3, '?')
  repairs.push({ code: 'TAG', field: tag, before: given ?? 'none', after: tag })
  return tag
}

/** One printable character; a blank where there is none. */
export function indicatorOf(given: string | undefined, name: string, repairs: Repair[]): string {
  const first = (given ?? '').charAt(0)
  const sound = /^[ -~]$/.test(first) ? first : ' '
  if (sound !== given)
    repairs.push({ code: 'INDICATORS', field: name, before: given ?? 'none', after: sound })
  return sound
}

/** One printable character; where there is none, a blank, which is mended together with the value. */
export function codeOf(given: string | undefined, name: string, repairs: Repair[]): string {
  const code = (given ?? '').charAt(0)
  if (!/^[!-~]$/.test(code)) return ' '
  if (code !== given) repairs.push({ code: 'SUBFIELD_CODE', field: name, before: given ?? '', after: code })
  return code
}

/** Text of a data field that is in no subfield, as one, so that it is not lost. */
export function straySubfield(stray: string, name: string, repairs: Repair[]): string {
  const shown = stray.slice(0, 60).toWellFormed()
  repairs.push({ code: 'TEXT_BEFORE_SUBFIELD', field: name, before: shown, after: `$a ${shown}` })
  return `\x1fa${stray}`
}
