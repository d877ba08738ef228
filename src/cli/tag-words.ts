import type { PublishToOclc } from '../rules/bib-state.ts'

/** D18: what keeps a bib from being seen or published, in words; nothing where it is both. */
export const tagWords = ({
  suppressed,
  publishToOclc,
}: {
  readonly suppressed: boolean
  readonly publishToOclc: PublishToOclc
}): string => [...(suppressed ? ['suppressed'] : []), ...unpublished[publishToOclc]].join(', ')

const unpublished: Readonly<Record<PublishToOclc, readonly string[]>> = {
  publish: [],
  'holdings-only': ['published to OCLC by its holdings alone'],
  'do-not-publish': ['not published to OCLC'],
}
