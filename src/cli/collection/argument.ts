export const collectionArgument = {
  collection: { type: 'text', shown: 'COLLECTION', meaning: 'number of an electronic collection: 61…' },
} as const
