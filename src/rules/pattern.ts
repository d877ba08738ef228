import type { Pattern } from './language/rule.ts'
import { type Budget, RuleFailure, spend } from './normalize/budget.ts'
import { compileRegex } from './regex-pattern.ts'
import { type Alternative, type Span, compileAlternative } from './text-pattern.ts'

/** A pattern made ready. What it costs to hold it against a value is charged to the budget. */
export type CompiledPattern = {
  /** Of text, whether it is the whole value; a regular expression may be anywhere in it. */
  readonly matches: (value: string, budget: Budget) => boolean
  /** Whether it is anywhere in the value, and not empty there. */
  readonly occurs: (value: string, budget: Budget) => boolean
}

export function compilePattern(pattern: Pattern): CompiledPattern {
  if (pattern.kind === 'some') return { matches: hasSome, occurs: hasSome }
  if (pattern.kind === 'regex') {
    const { occurs } = compileRegex(pattern.source)
    return { matches: occurs, occurs }
  }
  const alternatives = pattern.alternatives.map(compileAlternative)
  const wholeWeight = sumOf(alternatives.map((alternative) => alternative.wholeWeight))
  const findWeight = sumOf(alternatives.map((alternative) => alternative.findWeight))
  const [only] = alternatives
  const isWhole =
    only && alternatives.length === 1
      ? only.isWhole
      : (value: string) => alternatives.some((alternative) => alternative.isWhole(value))
  return {
    matches: (value, budget) => {
      spend(budget, 1 + value.length * wholeWeight)
      return isWhole(value)
    },
    occurs: (value, budget) => {
      spend(budget, 1 + value.length * findWeight)
      return alternatives.some((alternative) => alternative.find(value, 0) !== null)
    },
  }
}

/** Blanks alone are no value. A first character that is seen is enough to know. */
function hasSome(value: string): boolean {
  const first = value.charCodeAt(0)
  return (first > 32 && first < 128) || value.trim() !== ''
}

const sumOf = (numbers: readonly number[]): number => numbers.reduce((sum, number) => sum + number, 0)

/**
 * A value with another text in place of what a pattern finds in it: every place from the left, of
 * alternatives the first that is there, each as long as can be. Without a pattern, and where it is any
 * value, the text takes the place of the whole. Only of a regular expression `$1` is its first group, `$&`
 * what was found, and `$$` is `$`. The value itself where there is nothing to replace.
 *
 * @throws {RuleFailure} by the function given, for a value longer than a field may be
 */
export function compileReplace(
  pattern: Pattern | null,
  text: string,
): (value: string, budget: Budget) => string {
  if (pattern === null) return () => text
  if (pattern.kind === 'some') return (value) => (hasSome(value) ? text : value)
  return pattern.kind === 'regex'
    ? replaceRegex(pattern.source, text)
    : replaceText(pattern.alternatives.map(compileAlternative), text)
}

function replaceText(
  alternatives: readonly Alternative[],
  text: string,
): (value: string, budget: Budget) => string {
  const weight = sumOf(alternatives.map(({ findWeight }) => findWeight))
  return (value, budget) => {
    spend(budget, 1 + value.length * weight)
    const next = nextPlaces(alternatives, value)
    let place = next(0)
    if (place === null) return value
    const out = written(value, budget)
    for (; place !== null; place = next(place.end)) {
      spend(budget, alternatives.length)
      out.put(place, text)
    }
    return out.whole()
  }
}

/**
 * The leftmost place at or behind a position, which only grows. What an alternative found is kept until it
 * lies behind: each of them goes over the value once.
 */
function nextPlaces(alternatives: readonly Alternative[], value: string): (from: number) => Span | null {
  const kept: (Span | null | undefined)[] = alternatives.map(() => undefined)
  return (from) => {
    let best: Span | null = null
    for (let at = 0; at < alternatives.length; at++) {
      let span = kept[at]
      if (span === undefined || (span !== null && span.from < from)) {
        span = (alternatives[at] as Alternative).find(value, from)
        kept[at] = span
      }
      if (span !== null && (best === null || span.from < best.from)) best = span
      if (best !== null && best.from === from) break
    }
    return best
  }
}

function replaceRegex(source: string, text: string): (value: string, budget: Budget) => string {
  const regex = compileRegex(source)
  const parts = replacementParts(text)
  return (value, budget) => {
    let out: Written | null = null
    for (const place of regex.places(value, budget)) {
      out ??= written(value, budget)
      let instead = ''
      for (const part of parts) instead += typeof part === 'string' ? part : place.group(part)
      out.put(place, instead)
    }
    return out === null ? value : out.whole()
  }
}

/** Text, and numbers of groups, 0 for all that was found. The parser has seen to it that there are such groups. */
function replacementParts(text: string): (string | number)[] {
  const parts: (string | number)[] = []
  let last = 0
  for (const found of text.matchAll(/\$(?:([$&])|([1-9][0-9]?))/g)) {
    const [all, sign, group] = found
    parts.push(text.slice(last, found.index), sign === '$' ? '$' : Number(group ?? 0))
    last = found.index + all.length
  }
  parts.push(text.slice(last))
  return parts.filter((part) => part !== '')
}

/** A value as it is written anew, and how long it may get. */
type Written = { readonly put: (place: Span, instead: string) => void; readonly whole: () => string }

function written(value: string, budget: Budget): Written {
  let out = ''
  let last = 0
  return {
    put: ({ from, end }, instead) => {
      out += value.slice(last, from) + instead
      last = end
      spend(budget, 2 + instead.length / 16)
      if (out.length > budget.limits.field) throw new RuleFailure(tooLong(budget.limits.field))
    },
    whole: () => out + value.slice(last),
  }
}

/** Why a value cannot be made. */
export const tooLong = (limit: number): string =>
  `It would make a field longer than the limit of ${limit} characters`
