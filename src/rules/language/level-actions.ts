import { failAt } from './elements.ts'
import type { BriefLevelAction, IndicationAction } from './rule.ts'
import {
  type TokenReader,
  brief,
  expect,
  expectText,
  fail,
  isWord,
  placeOf,
  shown,
  suggestion,
  take,
} from './token-reader.ts'
import type { Token } from './tokens.ts'

/** `set indication."true"`. */
export function readIndicationAction(reader: TokenReader): IndicationAction | null {
  const token = take(reader)
  const value = readSet(reader, token, 'indication', 'indication."true"')
  const to = value && readTruth(reader, value)
  return to === null ? null : { do: 'set-indication', to, place: placeOf(token) }
}

/** `set brief_level."05"`, 01 to 10. */
export function readBriefLevelAction(reader: TokenReader): BriefLevelAction | null {
  const token = take(reader)
  const value = readSet(reader, token, 'brief_level', 'brief_level."05"')
  const level = value && readLevel(reader, value)
  return level === null ? null : { do: 'set-brief-level', level, place: placeOf(token) }
}

function readSet(reader: TokenReader, token: Token, what: string, example: string): Token | null {
  if (!isWord(token, 'set')) {
    fail(
      reader,
      token,
      `${shown(token)} is no action of this kind of rule; the one action is set ${example}.`,
    )
    return null
  }
  const named = take(reader)
  if (!isWord(named, what)) {
    fail(
      reader,
      named,
      `${shown(named)} is nothing that this kind of rule sets; ${suggestion(named.text, [what])}`,
    )
    return null
  }
  return expect(reader, '.') ? expectText(reader, `A value, as ${example},`) : null
}

export function readTruth(reader: TokenReader, token: Token): boolean | null {
  const text = token.text.toLowerCase()
  if (text === 'true' || text === 'false') return text === 'true'
  return failAt(reader, token, 0, `"true" or "false" was expected, and here stands "${brief(token.text)}".`)
}

export function readLevel(reader: TokenReader, token: Token): number | null {
  const level = /^[0-9]{1,2}$/.test(token.text) ? Number(token.text) : 0
  if (level >= 1 && level <= 10) return level
  return failAt(
    reader,
    token,
    0,
    `A level from 01 to 10 was expected, and here stands "${brief(token.text)}".`,
  )
}
