import { MatcherInput, RE2JS } from 're2js'
import { type Budget, spend } from './normalize/budget.ts'

/*
 * Regular expressions in RE2's syntax, which take time in proportion to the value, however they are
 * written. To find one place does; to find the next may look over the rest of the value each time, so a
 * long value is handed over as a text that charges what is read of it.
 */

type Engine = ReturnType<typeof RE2JS.compile>
type Matcher = ReturnType<Engine['matcher']>

export type Regex = {
  /** Whether it is anywhere in the value. */
  readonly occurs: (value: string, budget: Budget) => boolean
  /** Every place of it, as `RE2JS` finds them: from the left, empty ones too. */
  readonly places: (value: string, budget: Budget) => Iterable<RegexPlace>
}

export type RegexPlace = {
  readonly from: number
  readonly end: number
  /** What a group holds; nothing where it took no part. */
  readonly group: (number: number) => string
}

/** Steps of one character in the worst of the engines, for each instruction of the program. */
const stepsPerInstruction = 2

/** Below this length the whole value is charged each time, which is cheaper than to count. */
const countedFrom = 500

/** @throws {RangeError} for what is no regular expression; a rule file with such a one is not run */
export function compileRegex(source: string): Regex {
  const engine = compile(source)
  const weight = engine.programSize() * stepsPerInstruction
  return {
    occurs: (value, budget) => {
      if (value.length >= countedFrom) return engine.matcher(countedInput(value, weight, budget)).find()
      spend(budget, 20 + value.length * weight)
      return engine.test(value)
    },
    places: function* places(value, budget) {
      const isShort = value.length < countedFrom
      const matcher = engine.matcher(isShort ? value : countedInput(value, weight, budget))
      const perPlace =
        50 + (isShort ? value.length * weight : Math.min(value.length * weight, 500_000) / 2000)
      spend(budget, perPlace)
      while (matcher.find()) {
        yield placeOf(matcher, value)
        spend(budget, perPlace)
      }
    },
  }
}

function compile(source: string): Engine {
  try {
    return RE2JS.compile(source)
  } catch (error) {
    throw new RangeError(`${source} is no regular expression`, { cause: error })
  }
}

const placeOf = (matcher: Matcher, value: string): RegexPlace => ({
  from: matcher.start(),
  end: matcher.end(),
  group: (number) =>
    matcher.start(number) < 0 ? '' : value.slice(matcher.start(number), matcher.end(number)),
})

/** A value of which each character that the engine reads is charged. */
const countedInput = (value: string, weight: number, budget: Budget) =>
  MatcherInput.utf16({
    length: value.length,
    charCodeAt: (at: number): number => {
      spend(budget, weight)
      return value.charCodeAt(at)
    },
    indexOf: (text: string, from: number): number => {
      const at = value.indexOf(text, from)
      spend(budget, 1 + ((at === -1 ? value.length : at) - from) / 16)
      return at
    },
  })
