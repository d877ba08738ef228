import { parseArgs } from 'node:util'
import { nearest } from '../rules/nearest.ts'
import type { Argument, Arguments, CommandForm, Given, Option, Options } from './command.ts'
import { UsageFailure } from './failure.ts'
import { usageOf } from './usage.ts'

/**
 * Reads the words of a command line by a command's form.
 *
 * @throws {UsageFailure} with what is wrong, and what may have been meant
 */
export function parse<A extends Arguments, O extends Options>(
  form: CommandForm<A, O>,
  words: readonly string[],
): Given<A, O> {
  const refuse = (message: string): never => {
    throw new UsageFailure(message, usageOf(form))
  }
  const { tokens } = parseArgs({
    args: [...words],
    options: Object.fromEntries(
      Object.entries(form.options).map(([name, { type, short }]) => [
        name,
        { type: type === 'flag' ? 'boolean' : 'string', ...(short === undefined ? {} : { short }) } as const,
      ]),
    ),
    strict: false,
    allowPositionals: true,
    tokens: true,
  })
  const values: Record<string, unknown> = {}
  const positionals: string[] = []
  for (const token of tokens) {
    if (token.kind === 'positional') positionals.push(token.value)
    if (token.kind !== 'option') continue
    const option = form.options[token.name]
    if (option === undefined) return refuse(unknownOption(token.rawName, form.options))
    if (token.name in values) return refuse(`${token.rawName} is given twice.`)
    values[token.name] = optionValue(option, token, refuse)
  }
  for (const [name, option] of Object.entries(form.options)) {
    if (name in values) continue
    if (option.type === 'flag') values[name] = false
    else if (option.required) return refuse(`--${name} ${option.shown} is missing.`)
  }
  takeArguments(form.arguments, positionals, values, refuse)
  return values as Given<A, O>
}

type Refuse = (message: string) => never
type OptionToken = {
  readonly rawName: string
  readonly value?: string | undefined
  readonly inlineValue?: boolean | undefined
}

function unknownOption(typed: string, options: Options): string {
  const names = [...Object.keys(options), 'help']
  const near = typed.startsWith('--') ? nearest(typed.slice(2), names) : null
  const known = names.map((name) => `--${name}`).join(', ')
  return `There is no option ${typed} here. ${near === null ? `The options are ${known}.` : `Did you mean --${near}?`}`
}

function optionValue(option: Option, { rawName, value, inlineValue }: OptionToken, refuse: Refuse): unknown {
  if (option.type === 'flag') return value === undefined ? true : refuse(`${rawName} takes no value.`)
  // A word that begins like an option is one: --zone --json has forgotten the zone.
  if (value === undefined || value === '' || (!inlineValue && /^-./.test(value)))
    return refuse(`${rawName} needs a value: ${option.shown}.`)
  if (option.type === 'number')
    return wholeNumber(rawName, value, option.least ?? 1, option.most ?? Number.MAX_SAFE_INTEGER, refuse)
  if (option.choices && !option.choices.includes(value)) {
    const near = nearest(value, option.choices)
    const meant = near === null ? `It is one of ${option.choices.join(', ')}.` : `Did you mean ${near}?`
    return refuse(`${rawName} cannot be ${value}. ${meant}`)
  }
  return value
}

function takeArguments(
  args: Arguments,
  positionals: readonly string[],
  values: Record<string, unknown>,
  refuse: Refuse,
): void {
  let at = 0
  for (const [name, argument] of Object.entries(args)) {
    const word = positionals[at]
    if (word === undefined) {
      if (!argument.optional) refuse(`${argument.shown} is missing: ${argument.meaning}.`)
      continue
    }
    values[name] = argument.type === 'list' ? positionals.slice(at) : argumentValue(argument, word, refuse)
    at = argument.type === 'list' ? positionals.length : at + 1
  }
  const over = positionals[at]
  if (over !== undefined) refuse(`“${over}” is one word too many.`)
}

const argumentValue = ({ type, shown }: Argument, word: string, refuse: Refuse): unknown =>
  type === 'number' ? wholeNumber(shown, word, 1, Number.MAX_SAFE_INTEGER, refuse) : word

function wholeNumber(what: string, word: string, least: number, most: number, refuse: Refuse): number {
  const number = Number(word)
  if (/^\d+$/.test(word) && number >= least && number <= most) return number
  const range = most === Number.MAX_SAFE_INTEGER ? `from ${least} on` : `from ${least} to ${most}`
  return refuse(`${what} must be a whole number ${range}, and is ${word}.`)
}
