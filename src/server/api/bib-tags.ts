import { Type } from 'typebox'
import { closed } from './shape.ts'

export const PublishToOclc = Type.Enum(['publish', 'holdings-only', 'do-not-publish'])

/** What keeps a bib from being seen or published, as it is now. */
export const BibTags = Type.Object(
  { suppressed: Type.Boolean(), publishToOclc: PublishToOclc },
  { ...closed, title: 'BibTags' },
)
