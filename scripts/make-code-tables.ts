import { readFileSync, writeFileSync } from 'node:fs'
import { parseArgs } from 'node:util'
import { SaxesParser } from 'saxes'

/*
 * Makes src/marc/marc8/tables.ts from the Library of Congress's codetables.xml.
 *
 *   node scripts/make-code-tables.ts [codetables.xml] [--check]
 *
 * With --check nothing is written: exit 1 if the committed file differs. Same input, same output.
 */

type Code = { marc: string; ucs: string; alt: string; combining: boolean }
type CharacterSet = { readonly final: string; readonly name: string; readonly codes: readonly Code[] }

const target = new URL('../src/marc/marc8/tables.ts', import.meta.url)
const defaultSource = new URL('../../shared/data/tables/codetables.xml', import.meta.url)

function readSets(xml: string): CharacterSet[] {
  const sets: { final: string; name: string; codes: Code[] }[] = []
  let code: Code | undefined
  let text = ''
  const parser = new SaxesParser()
  parser.on('opentag', (tag) => {
    text = ''
    if (tag.name === 'characterSet') {
      const iso = String(tag.attributes.ISOcode)
      sets.push({
        final: String.fromCharCode(Number.parseInt(iso, 16)),
        name: String(tag.attributes.name),
        codes: [],
      })
    }
    if (tag.name === 'code') code = { marc: '', ucs: '', alt: '', combining: false }
  })
  parser.on('text', (part) => {
    text += part
  })
  parser.on('closetag', (tag) => {
    if (code === undefined) return
    if (tag.name === 'marc') code.marc = text.trim()
    else if (tag.name === 'ucs') code.ucs = text.trim()
    else if (tag.name === 'alt') code.alt = text.trim()
    else if (tag.name === 'isCombining') code.combining = text.trim() === 'true'
    else if (tag.name === 'code') {
      sets.at(-1)?.codes.push(code)
      code = undefined
    }
  })
  parser.write(xml).close()
  return sets
}

/**
 * The character of a code. `alt` is used only where `ucs` is empty (the second halves of ligature and double
 * tilde): where both stand, `ucs` is the table's preferred mapping, and the one that can be taken back. The
 * alternative of 61 EACC codes with a private-use `ucs` is the geta mark for all of them, which could not.
 */
const characterOf = (code: Code): string => String.fromCodePoint(Number.parseInt(code.ucs || code.alt, 16))

const fragile = /[\p{M}\p{C}\p{Z}]|\p{Script=Arabic}|\p{Script=Hebrew}/u

/** What an editor, a diff or a normalising tool might hide or change is written as an escape. */
function literal(text: string): string {
  let escaped = ''
  for (const character of text) {
    if (character === '\\' || character === "'") escaped += `\\${character}`
    else if (character !== ' ' && (fragile.test(character) || character.normalize('NFC') !== character)) {
      escaped += `\\u${(character.codePointAt(0) ?? 0).toString(16).padStart(4, '0')}`
    } else escaped += character
  }
  return `'${escaped}'`
}

/** A property as the formatter wants it: a value that would pass column 110 stands on a line of its own. */
function propertyLine(line: string): string {
  const whole = `    ${line},\n`
  return whole.length > 111 ? whole.replace(': ', ':\n      ') : whole
}

/** 94 places, 0x21 to 0x7E (0xA1 to 0xFE for ANSEL); a space where the set has nothing. */
function placesOf(set: CharacterSet): string {
  const places = Array.from({ length: 94 }, () => ' ')
  for (const code of set.codes) {
    const at = (Number.parseInt(code.marc, 16) & 0x7f) - 0x21
    if (at >= 0 && Number.parseInt(code.marc.slice(0, 1), 16) % 8 >= 2) places[at] = characterOf(code)
  }
  return places.join('')
}

const combiningOf = (set: CharacterSet): string =>
  set.codes
    .filter((code) => code.combining)
    .map((code) => String.fromCharCode(Number.parseInt(code.marc, 16) & 0x7f))
    .join('')

/** One string a row (first two bytes) of EACC: its characters in order of the third byte from 0x20, holes as spaces. */
function rowsOf(set: CharacterSet): string[] {
  const rows = new Map<string, Map<number, string>>()
  for (const code of set.codes) {
    const row = code.marc.slice(0, 4)
    const places = rows.get(row) ?? new Map<number, string>()
    places.set(Number.parseInt(code.marc.slice(4), 16) - 0x20, characterOf(code))
    rows.set(row, places)
  }
  return [...rows.keys()].sort().map((row) => {
    const places = rows.get(row) as Map<number, string>
    let text = ''
    for (let at = 0; at <= Math.max(...places.keys()); at++) text += places.get(at) ?? ' '
    return `  ${literal(row + text)},`
  })
}

function moduleOf(xml: string): string {
  const sets = readSets(xml)
  const dates = [...xml.matchAll(/date="([^"]+)"/g)].map((match) => match[1] as string)
  const eacc = sets.find((set) => set.final === '1')
  if (eacc === undefined || sets.length !== 12)
    throw new Error('codetables.xml does not hold the twelve sets')
  const codes = sets.reduce((sum, set) => sum + set.codes.length, 0)
  const single = sets
    .filter((set) => set !== eacc)
    .map((set) => {
      const name = `  // ${set.name}, ${set.codes.length} codes`
      const lines = [
        `final: '${set.final}'`,
        `places: ${literal(placesOf(set))}`,
        `combining: ${literal(combiningOf(set))}`,
      ]
      return `${name}\n  {\n${lines.map(propertyLine).join('')}  },`
    })
  return `/*
 * Generated by scripts/make-code-tables.ts; change that, not this.
 *
 * Source: MARC-8 to Unicode code tables (codetables.xml) of the Library of Congress, a work of the United
 * States Government: ${codes} codes in ${sets.length} sets. The tables bear the dates
 * ${[...new Set(dates.map((date) => date.replace(')', '')))].join('; ')}.
 */

/** A set of one byte a character: 94 places from 0x21 (0xA1 for ANSEL), a space where it has none. */
type SingleByteTable = {
  /** The final character of the escape sequence that designates the set. */
  readonly final: string
  readonly places: string
  /** The codes (seven bits) of the set's combining marks. */
  readonly combining: string
}

export const singleByteTables: readonly SingleByteTable[] = [
${single.join('\n')}
]

/**
 * East Asian Character Code (ANSI/NISO Z39.64): four hexadecimal digits for the first two bytes, then the row's
 * characters in the order of the third byte from 0x20, a space where there is none. ${eacc.codes.length} codes.
 */
export const eaccRows: readonly string[] = [
${rowsOf(eacc).join('\n')}
]
`
}

const { values, positionals } = parseArgs({ allowPositionals: true, options: { check: { type: 'boolean' } } })
const made = moduleOf(readFileSync(positionals[0] ?? defaultSource, 'utf8'))
if (values.check !== true) {
  writeFileSync(target, made)
} else if (readFileSync(target, 'utf8') !== made) {
  console.error('src/marc/marc8/tables.ts is not what scripts/make-code-tables.ts makes')
  process.exitCode = 1
}
