import { randomInt } from 'node:crypto'
import { styleText } from 'node:util'

/*
 * Colours, where stdout is a terminal that has them and NO_COLOR is not set. They only stress what the
 * words say already.
 *
 * A title may have colours in it too, and must not steer the terminal. So each of ours carries a number
 * that nobody outside of this process knows, until `io.ts` writes it.
 */

const secret = `${randomInt(1000, 10_000)};${randomInt(1000, 10_000)}`

/** A colour as this process writes it, from the sequence that a terminal takes: `ESC [ 31 m`. */
export const marked = (colour: string): string => colour.replaceAll('\x1b[', `\x1b[${secret};`)

/** Text with our colours as a terminal takes them; `foreign` says what becomes of any other escape. */
export const unmarked = (text: string, foreign: (mark: string) => string): string =>
  text.replace(escapes, (all, own: string | undefined) => (own === undefined ? foreign(all) : `\x1b[${own}m`))

const escapes = new RegExp(`\x1b(?:\\[${secret};(\\d{1,2})m)?`, 'g')

type Format = Parameters<typeof styleText>[0]

const styled =
  (format: Format) =>
  (text: string): string => {
    const [before = '', after = ''] = styleText(format, '|', { stream: process.stdout }).split('|')
    return marked(before) + text + marked(after)
  }

export const style = {
  strong: styled('bold'),
  weak: styled('dim'),
  good: styled('green'),
  warn: styled('yellow'),
  bad: styled('red'),
} as const
