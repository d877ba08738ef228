/**
 * A password on its way to the one place that compares it. Logged, inspected, joined to a string or
 * written as JSON it shows a mask; only `reveal` gives the text.
 */
export type Secret = {
  reveal(): string
  toString(): string
  toJSON(): string
}

/** What stands in place of every secret. */
export const mask = '•••'

export const secretOf = (text: string): Secret =>
  Object.freeze({ reveal: () => text, toString: () => mask, toJSON: () => mask })
