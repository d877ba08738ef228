/** What the weighted method compares; a weight and a veto name one of these. */
export const weightedFeatures = [
  'oclc',
  'isbn',
  'issn',
  'lccn',
  'system-number',
  'title',
  'author',
  'year',
  'edition',
  'publisher',
  'extent',
  'language',
  'part',
  'record-type',
  'carrier',
] as const

export type WeightedFeature = (typeof weightedFeatures)[number]
