import { formatCount } from './format.ts'

const plurals = new Intl.PluralRules('en')

/** `1 record`, `1,200 records`. */
export const counted = (count: number, one: string, other: string): string =>
  `${formatCount(count)} ${plurals.select(count) === 'one' ? one : other}`
