import type { NormalizeAction, Rule } from './rule.ts'
import { type TokenReader, warn } from './token-reader.ts'
import { touchedByAction, touchedByCondition } from './touched-tags.ts'

/**
 * Says, once for a file, that rules without an order of their own work on the same fields: they run as they
 * are written here, and files of other systems have been made for the opposite. `rules` are in the order
 * in which they run.
 */
export function lintOrder(reader: TokenReader, rules: readonly Rule<NormalizeAction>[]): void {
  let before = noTags()
  let priority: number | null = null
  for (const rule of rules) {
    const own = rule.priority ?? 0
    if (own !== priority) before = noTags()
    priority = own
    const here = tagsOf(rule)
    const tag = before.common(here)
    if (tag !== undefined) {
      warn(reader, rule.place, sameField(tag))
      return
    }
    before.add(here)
  }
}

const sameField = (tag: string): string =>
  `This rule and one before it have the same priority, and both work on ${tag}. Such rules run as written, from the first to the last; in other systems they have run from the last to the first. Give them priorities, or say order first to last, or order last to first, at the head of the file.`

type Tags = { readonly read: string[]; readonly removed: string[]; readonly changed: string[] }

function tagsOf({ when, actions }: Rule<NormalizeAction>): Tags {
  const tags: Tags = { read: [], removed: [], changed: [] }
  touchedByCondition(when, (what, tag) => tags[what].push(tag))
  for (const action of actions) touchedByAction(action, (what, tag) => tags[what].push(tag))
  return tags
}

/** The tags of the rules so far. To look at a field twice comes to the same in any order, and to take it away twice does, too. */
function noTags() {
  /** What a rule that looks, and what one that takes away, may find otherwise than it was. */
  const altered = tagSet()
  const used = tagSet()
  return {
    /** A tag for which it matters which of two runs first. */
    common: ({ read, removed, changed }: Tags): string | undefined =>
      [...read, ...changed].find(altered.overlaps) ?? [...removed, ...changed].find(used.overlaps),
    add: ({ read, removed, changed }: Tags): void => {
      for (const tag of [...removed, ...changed]) altered.add(tag)
      for (const tag of [...read, ...changed]) used.add(tag)
    },
  }
}

/** Tags and patterns; two overlap where one speaks of all that the other does. */
function tagSet() {
  const seen = new Set<string>()
  const wider = new Set<string>()
  return {
    add: (tag: string): void => {
      if (seen.has(tag)) return
      seen.add(tag)
      for (const pattern of widened(tag)) wider.add(pattern)
    },
    overlaps: (tag: string): boolean => wider.has(tag) || widened(tag).some((pattern) => seen.has(pattern)),
  }
}

/** A tag with `*` in the place of each of its characters, in every combination, itself among them. */
function widened(tag: string): string[] {
  let patterns = ['']
  for (const character of tag) patterns = patterns.flatMap((start) => [start + character, `${start}*`])
  return patterns
}
