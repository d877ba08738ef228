import { type Static, Type } from 'typebox'

export const ShareAs = Type.Enum(['create', 'theirs', 'merge', 'overlay'], {
  description:
    'What becomes of the network’s bib: ours as a new one; theirs as it is; ours merged into it; ours in its place. Ours is linked to it then.',
})
export type ShareAs = Static<typeof ShareAs>
