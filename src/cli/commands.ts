import type { Command } from './command.ts'

/*
 * The nouns and verbs that a command line begins with. Each is loaded when it is asked for: `marc` needs
 * no database and starts without its driver.
 */

type Load = () => Promise<{ readonly commands: readonly Command[] }>

const loads = {
  start: () => import('./start.ts'),
  import: () => import('./import.ts'),
  explain: () => import('./explain.ts'),
  job: () => import('./job.ts'),
  issue: () => import('./issue.ts'),
  search: () => import('./search.ts'),
  bib: () => import('./bib.ts'),
  holdings: () => import('./holdings.ts'),
  item: () => import('./item.ts'),
  portfolio: () => import('./portfolio.ts'),
  collection: () => import('./collection.ts'),
  set: () => import('./set.ts'),
  export: () => import('./export.ts'),
  verify: () => import('./verify.ts'),
  dump: () => import('./dump.ts'),
  profile: () => import('./profile.ts'),
  rule: () => import('./rule.ts'),
  zone: () => import('./zone.ts'),
  library: () => import('./library.ts'),
  location: () => import('./location.ts'),
  'call-number': () => import('./call-number.ts'),
  person: () => import('./person.ts'),
  'integration-profile': () => import('./integration-profile.ts'),
  gateway: () => import('./gateway.ts'),
  marc: () => import('./marc.ts'),
} as const satisfies Readonly<Record<string, Load>>

/** First words, in the order in which help lists them. */
export const firstWords: readonly string[] = Object.keys(loads)

/** The commands that begin with a word; nothing where none does. */
export async function findCommands(word: string): Promise<readonly Command[] | undefined> {
  if (!Object.hasOwn(loads, word)) return undefined
  return (await (loads as Readonly<Record<string, Load>>)[word]?.())?.commands
}

/** Every command, in the order of help. */
export async function allCommands(): Promise<readonly Command[]> {
  const lists = await Promise.all(firstWords.map(findCommands))
  return lists.flatMap((list) => list ?? [])
}
