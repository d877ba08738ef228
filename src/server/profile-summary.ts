import type { ImportProfile } from '../rules/import-profile.ts'
import { matchMethod } from '../rules/match/match-methods.ts'

const onMatch: Record<ImportProfile['onMatch']['action'], string> = {
  merge: 'merges into the bib that matches',
  overlay: 'overlays the bib that matches, protected fields aside',
  'do-not-import': 'leaves out what matches',
  import: 'adds even what matches',
}

const onNoMatch: Record<ImportProfile['onNoMatch'], string> = {
  import: 'adds what does not match',
  'do-not-import': 'leaves out what does not match',
}

const deletes: Record<ImportProfile['deletes'], string> = {
  'not-allowed': '',
  delete: ', deletes where a record asks for it',
  suppress: ', suppresses where a record asks for a deletion',
}

/** What a profile does, in one sentence. */
export function profileSummary(profile: ImportProfile): string {
  const { match } = profile
  const zone = profile.useNetworkZone ? 'In the network zone: matches' : 'Matches'
  const method =
    match.serial === undefined
      ? matchMethod(match.method).name
      : `${matchMethod(match.method).name} (serials by ${matchMethod(match.serial).name})`
  const action =
    match.handling === 'manual' ? 'leaves every match to a person' : onMatch[profile.onMatch.action]
  return `${zone} by “${method}”, ${action}, ${onNoMatch[profile.onNoMatch]}${deletes[profile.deletes]}${inventoryWords(profile)}.`
}

function inventoryWords({ inventory }: ImportProfile): string {
  if (!inventory || inventory.operations === 'none') return ''
  const pieces = inventory.physical?.make === 'holdings' ? 'holdings' : 'holdings and items'
  const words = {
    physical: `makes ${pieces}`,
    electronic: 'makes portfolios',
    mixed: `makes portfolios for what is electronic, else ${pieces}`,
  }
  return `, ${words[inventory.operations]}`
}
