import type { Place, RuleFile } from './rule.ts'
import { isWord } from './token-reader.ts'
import type { Cut, Token } from './tokens.ts'

/** The comments of a rule file by what they are about, for writing it anew with them. */
export type Notes = {
  /** In front of a rule, an action, a test or a line of exceptions. */
  readonly before: (place: Place | null) => readonly string[]
  /** On its line, with a blank in front. */
  readonly behind: (place: Place | null) => string
  /** Between the name of a rule and its actions, between its actions and its end, behind its end. */
  readonly head: (rule: Place) => readonly string[]
  readonly tail: (rule: Place) => readonly string[]
  readonly end: (rule: Place) => string
  /** Behind all that the file says. */
  readonly last: readonly string[]
}

const none: readonly string[] = []

export const noNotes: Notes = {
  before: () => none,
  behind: () => '',
  head: () => none,
  tail: () => none,
  end: () => '',
  last: none,
}

/**
 * The comments of a text, from what it was cut into, that has been read as this file. One on a line of its own is about what follows,
 * one behind something about that; one within a test goes in front of it.
 */
export function notesOf({ tokens, comments }: Cut, file: RuleFile): Notes {
  const spots = spotsOf(file, tokens)
  const notes = new Map<string, string[]>()
  let next = 0
  for (const { line, text: comment, alone } of comments) {
    while (next < spots.length && (spots[next] as Spot).line < line + (alone ? 0 : 1)) next++
    const spot = spots[alone ? next : next - 1]
    const key = spot ? keyOf(alone ? 'before' : 'behind', spot.kind, spot.of) : 'last'
    const others = notes.get(key)
    if (others) others.push(comment)
    else notes.set(key, [comment])
  }
  const lines = (key: string): readonly string[] => notes.get(key) ?? none
  const behind = (key: string): string =>
    lines(key)
      .map((comment) => ` ${comment}`)
      .join('')
  return {
    before: (place) => (place ? lines(keyOf('before', 'statement', place.line)) : none),
    behind: (place) => (place ? behind(keyOf('behind', 'statement', place.line)) : ''),
    head: ({ line }) => [...lines(keyOf('before', 'head', line)), ...lines(keyOf('behind', 'head', line))],
    tail: ({ line }) => lines(keyOf('before', 'end', line)),
    end: ({ line }) => behind(keyOf('behind', 'end', line)),
    last: lines('last'),
  }
}

/** A line that comments may be about: a statement, known by its line, or another part of a rule, known by the rule's. */
type Spot = { readonly line: number; readonly kind: 'statement' | 'head' | 'end'; readonly of: number }

const keyOf = (side: 'before' | 'behind', kind: Spot['kind'], of: number): string => `${side} ${kind} ${of}`

/** In the order of the file. */
function spotsOf(file: RuleFile, tokens: readonly Token[]): readonly Spot[] {
  const actions = new Set<number>()
  if (file.kind !== 'exceptions')
    for (const rule of file.rules) for (const { place } of rule.actions) if (place) actions.add(place.line)
  const spots: Spot[] = []
  let rule = 0
  let part: 'between' | 'head' | 'actions' = 'between'
  const add = (kind: Spot['kind'], line: number, of: number): void => {
    const before = spots[spots.length - 1]
    if (before?.kind !== kind || before.line !== line) spots.push({ line, kind, of })
  }
  for (const token of tokens) {
    const { line, kind } = token
    if (kind === 'line' || kind === 'test') add('statement', line, line)
    else if (part === 'between' && isWord(token, 'rule')) {
      add('statement', line, line)
      rule = line
      part = 'head'
    } else if (part === 'head') {
      if (line > rule) add('head', line, rule)
      if (isWord(token, 'then')) part = 'actions'
    } else if (part === 'actions' && isWord(token, 'end')) {
      add('end', line, rule)
      part = 'between'
    } else if (part === 'actions' && actions.has(line)) add('statement', line, line)
  }
  return spots
}
