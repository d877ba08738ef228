import type { ExitCode } from './exit-code.ts'
import type { Io } from './io.ts'
import { parse } from './parse.ts'

/*
 * A command as data: what it takes, and the words about it. Parsing, help and docs/command-line.md are
 * made from the same table, so that none of them can say something else.
 */

/** A word of the command line that has no name: which one it is, its place tells. */
export type Argument = {
  /** A `list` takes all words that are left, one at least. */
  readonly type: 'text' | 'number' | 'list'
  /** As usage shows it: `FILE`. */
  readonly shown: string
  readonly meaning: string
  readonly optional?: true
}

export type Option = { readonly short?: string; readonly meaning: string } & (
  | { readonly type: 'flag' }
  | {
      readonly type: 'text'
      readonly shown: string
      readonly required?: true
      readonly choices?: readonly string[]
    }
  | {
      readonly type: 'number'
      readonly shown: string
      readonly required?: true
      readonly least?: number
      readonly most?: number
    }
)

export type Arguments = Readonly<Record<string, Argument>>
export type Options = Readonly<Record<string, Option>>

type Value<S> = S extends { readonly type: 'flag' }
  ? boolean
  : S extends { readonly type: 'list' }
    ? readonly string[]
    : S extends { readonly type: 'number' }
      ? number
      : S extends { readonly choices: readonly (infer Choice)[] }
        ? Choice
        : string

type ArgumentValue<A> = A extends { readonly optional: true } ? Value<A> | undefined : Value<A>

type OptionValue<O> = O extends { readonly required: true } | { readonly type: 'flag' }
  ? Value<O>
  : Value<O> | undefined

/** The values of a command line, by the names of its arguments and options. */
export type Given<A extends Arguments, O extends Options> = {
  readonly [name in keyof A]: ArgumentValue<A[name]>
} & { readonly [name in keyof O]: OptionValue<O[name]> }

export type CommandForm<A extends Arguments = Arguments, O extends Options = Options> = {
  /** With the noun in front, as it is typed: `job show`. */
  readonly name: string
  /** One line, for lists. */
  readonly summary: string
  /** What more there is to know, a paragraph each. */
  readonly about?: readonly string[]
  /** In the order in which they are typed. */
  readonly arguments: A
  readonly options: O
  /** What `--json` prints. */
  readonly json?: string
}

export type Command = CommandForm & {
  /** @throws {UsageFailure | CommandFailure} and what the work itself may throw */
  run(words: readonly string[], io: Io): Promise<ExitCode>
}

/** A command from its form and its work. */
export function command<const A extends Arguments, const O extends Options>(
  form: CommandForm<A, O>,
  work: (given: Given<A, O>, io: Io) => Promise<ExitCode>,
): Command {
  return { ...form, run: async (words, io) => work(parse(form, words), io) }
}
