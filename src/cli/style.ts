import { styleText } from 'node:util'

/*
 * Colours, where stdout is a terminal that has them and NO_COLOR is not set. They only stress what the
 * words say already.
 */

type Format = Parameters<typeof styleText>[0]

const styled =
  (format: Format) =>
  (text: string): string =>
    styleText(format, text, { stream: process.stdout })

export const style = {
  strong: styled('bold'),
  weak: styled('dim'),
  good: styled('green'),
  warn: styled('yellow'),
  bad: styled('red'),
} as const
