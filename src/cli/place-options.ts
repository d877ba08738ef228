/** Options that say where something stands. */
export const placeOptions = {
  library: { type: 'text', shown: 'CODE', required: true, meaning: 'the library' },
  location: { type: 'text', shown: 'CODE', required: true, meaning: 'the location in it' },
} as const

/** The argument of commands that hang inventory on a bib. */
export const inventoryBib = {
  mmsId: {
    type: 'text',
    shown: 'MMSID',
    meaning: 'number of the bib; one of the network or the community zone is linked',
  },
} as const
