import { chip } from '../chip.ts'
import { listed } from '../encoding-repairs.ts'
import type { Repair } from '../frame.ts'

/*
 * Characters that XML 1.0 (production 2, Char) does not allow stand in real files, as themselves or as
 * references. A parser refuses the whole record for them; so control characters are hidden from it as
 * noncharacters, of which there happen to be as many, and are taken out with the field's name later.
 */

/** U+FDD0 to U+FDEF stand for U+0000 to U+001F. */
const noncharacters = 0xfdd0

const controls = /[\0-\x08\x0b\x0c\x0e-\x1f]/g
const references = /(?:&#(?:\d+|x[0-9a-f]+);)+/gi

export type Hidden = {
  /** A source that the parser takes. */
  readonly text: string
  /** Takes the control characters out of hiding in a text of it. */
  readonly restore: (text: string) => string
}

export function hideIllegal(source: string, repairs: Repair[]): Hidden {
  let text = source.replace(controls, hide)
  if (/[\ufffe\uffff]/.test(text)) text = withoutNoncharacters(text, repairs)
  if (text.includes('&#')) text = withSoundReferences(text, repairs)
  return { text, restore: text === source ? (found) => found : restore }
}

const hide = (control: string) => String.fromCharCode(noncharacters + control.charCodeAt(0))

const restore = (text: string) =>
  text.replace(/[\ufdd0-\ufdef]/g, (found) => String.fromCharCode(found.charCodeAt(0) - noncharacters))

function withoutNoncharacters(text: string, repairs: Repair[]): string {
  repairs.push({ code: 'ENCODING_BYTES', before: 'U+FFFE or U+FFFF', after: '⟦FFFE⟧ or ⟦FFFF⟧' })
  return text.replace(/[\ufffe\uffff]/g, (found) => codeChip(found.charCodeAt(0)))
}

/**
 * References to characters that there are: those to the halves of a surrogate pair become the one
 * character, those to half of one a chip, those beyond Unicode stay as text. In CDATA there are none.
 */
function withSoundReferences(text: string, repairs: Repair[]): string {
  const before: string[] = []
  const after: string[] = []
  const mend = (part: string) =>
    part.replace(references, (run) => {
      const all = run.split(/(?<=;)/)
      const codes = all.map(codeOf)
      if (codes.every(isChar)) return run
      return all.map((each, at) => mended(each, codes, at, before, after)).join('')
    })
  const [first = '', ...rest] = text.split('<![CDATA[')
  let sound = mend(first)
  for (const part of rest) {
    const end = part.indexOf(']]>')
    sound += `<![CDATA[${end === -1 ? part : part.slice(0, end) + mend(part.slice(end))}`
  }
  if (before.length > 0)
    repairs.push({ code: 'CHARACTER_REFERENCE', before: listed(before), after: listed(after) })
  return sound
}

function mended(
  reference: string,
  codes: readonly number[],
  at: number,
  before: string[],
  after: string[],
): string {
  const code = codes[at] as number
  if (isChar(code)) return reference
  if (code < 0x20) return hide(String.fromCharCode(code))
  if (isLow(code) && isHigh(codes[at - 1])) return ''
  const isPair = isHigh(code) && isLow(codes[at + 1])
  const text = isPair
    ? String.fromCharCode(code, codes[at + 1] as number)
    : code > 0x10ffff
      ? `&amp;${reference.slice(1)}`
      : codeChip(code)
  before.push(reference)
  after.push(text)
  return text
}

const codeOf = (reference: string): number =>
  /^&#x/i.test(reference) ? Number.parseInt(reference.slice(3), 16) : Number.parseInt(reference.slice(2), 10)

const isHigh = (code: number | undefined) => code !== undefined && code >= 0xd800 && code < 0xdc00
const isLow = (code: number | undefined) => code !== undefined && code >= 0xdc00 && code < 0xe000

const isChar = (code: number) =>
  code === 0x09 ||
  code === 0x0a ||
  code === 0x0d ||
  (code >= 0x20 && code < 0xd800) ||
  (code >= 0xe000 && code < 0xfffe) ||
  (code >= 0x10000 && code <= 0x10ffff)

const codeChip = (code: number) => chip([code >> 8, code & 0xff])
