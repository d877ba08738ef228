import type { Format } from './marc/format-of.ts'
import type { ReadingLabel } from './marc/reading.ts'
import { counted } from './counted.ts'

/*
 * Every word of the record page and of search, which `text` has among its own.
 */

const formats: Record<Format, string> = {
  book: 'Book',
  serial: 'Journal or serial',
  manuscript: 'Manuscript',
  score: 'Notated music',
  map: 'Map',
  video: 'Video',
  speech: 'Spoken recording',
  music: 'Music recording',
  image: 'Image',
  'computer-file': 'Computer file',
  kit: 'Kit',
  object: 'Object',
  mixed: 'Mixed materials',
  unknown: 'Of an unknown kind',
}

const reading: Record<ReadingLabel, string> = {
  title: 'Title',
  uniformTitle: 'Uniform title',
  otherTitle: 'Other titles',
  creator: 'Creator',
  contributor: 'Contributors',
  includes: 'Includes',
  edition: 'Edition',
  published: 'Published',
  dates: 'Dates of issue',
  frequency: 'Frequency',
  physical: 'Description',
  mathematical: 'Scale',
  content: 'Content and carrier',
  series: 'Series',
  summary: 'Summary',
  contents: 'Contents',
  language: 'Language',
  access: 'Access and use',
  local: 'Local',
  note: 'Notes',
  genre: 'Genre',
  subject: 'Subjects',
  online: 'Online',
  related: 'Related',
  isbn: 'ISBN',
  issn: 'ISSN',
  lccn: 'LC control number',
  systemNumber: 'System numbers',
  standardNumber: 'Other numbers',
  classification: 'Classification',
}

export const catalogueCommands = {
  copyMmsId: 'Copy the MMS ID',
  copyOclc: 'Copy the OCLC number',
  copyIsbn: 'Copy the ISBN',
  nextView: 'Next view of the record',
  olderVersion: 'Older version',
  newerVersion: 'Newer version',
  compareVersions: 'Compare with the version before',
}

export const cataloguePlaces = {
  bib: 'On a bib',
}

export const catalogueText = {
  formats,
  online: (format: string) => `${format}, online`,

  copy: {
    copied: (name: string, value: string) => `${name} ${value} is copied.`,
    refused: 'The browser does not let this page copy. Mark the number and copy it yourself.',
    verb: 'Copy',
  },

  reading: {
    labels: reading,
    name: 'The record, in words',
    cancelled: 'no longer valid',
    leftOut: (tags: readonly string[]) =>
      `Not shown here: ${tags.join(', ')}. The MARC view has every field.`,
    nothing: 'No field of this record has words for readers.',
  },

  bib: {
    title: 'Bib',
    marc: 'Record',
    mmsId: 'MMS ID',
    oclc: 'OCLC',
    isbn: 'ISBN',
    moreNumbers: (more: number) => `and ${more} more`,
    versionOf: (version: number) => `Version ${version}`,
    about: 'About this record',
    changed: 'Last change',
    brought: 'Brought by',
    by: (who: string) => `by ${who}`,
    byJob: 'by',
    ofRecord: (position: number) => `record ${position}`,
    briefLevel: 'Brief level',
    briefLevelOf: (level: number) => `${level} of 10`,
    source: 'Comes from',
    tags: 'Management tags',
    suppressed: 'Suppressed: readers do not find it',
    shown: 'Not suppressed',
    publish: {
      publish: 'Published to OCLC',
      'holdings-only': 'Holdings alone published to OCLC',
      'do-not-publish': 'Not published to OCLC',
    } as Record<string, string>,
    badges: {
      suppressed: 'Suppressed',
      'holdings-only': 'Holdings alone published',
      'do-not-publish': 'Not published',
      brief: (level: number) => `Brief: ${level} of 10`,
      lockedYours: (since: string) => `Locked by you since ${since}`,
      locked: (holder: string, since: string) => `Locked by ${holder} since ${since}`,
    },
    linkedTo: (zone: string, mmsId: string) => `Linked to ${mmsId} in ${zone}`,
    linkedFrom: (zone: string, mmsId: string) => `${zone} is linked to it as ${mmsId}`,
    lock: 'Lock',
    unlocked: 'Nobody has it open',
    lockedYours: (since: string, until: string) =>
      `Yours since ${since}; it ends at ${until} unless you go on.`,
    locked: (holder: string, since: string, until: string) =>
      `${holder} has had it open since ${since}; the lock ends at ${until} at the latest sign of life so far.`,
    views: {
      name: 'Ways to look at the record',
      reading: 'Reading',
      marc: 'MARC',
      xml: 'MARCXML',
      bytes: 'ISO 2709',
    },
    bytesMore: (more: number) => `${counted(more, 'more byte', 'more bytes')} in the download.`,
    xmlCopied: 'The record is copied as MARCXML.',
    versions: 'Versions',
    versionsList: 'Versions, newest first',
    compare: (older: number) => `Compare with ${older}`,
    compareWith: (older: number, newer: number) => `What changed from version ${older} to ${newer}`,
    compareFrom: 'From',
    compareTo: 'To',
    stopComparing: 'Back to the record',
    isOld: (version: number, when: string) =>
      `This is version ${version}, of ${when}. It is not the current one.`,
    toCurrent: 'Back to the current one',
    localOnly: 'The bib is linked: its own versions hold its leader and local fields alone.',
    noOlder: 'There is no older version.',
    noNewer: 'There is no newer version.',
    noVersion: (version: number) => `This bib has no version ${version}.`,
    current: 'current',
    gone: 'Here the bib was removed.',
    more: 'Older versions',
    download: 'Download',
    formats: { mrc: 'ISO 2709', xml: 'MARCXML', json: 'MARC-in-JSON', mrk: 'MarcEdit text' },
    actions: {
      created: 'created',
      merged: 'merged',
      overlaid: 'overlaid',
      edited: 'edited',
      linked: 'linked',
      unlinked: 'unlinked',
      restored: 'restored',
      tagged: 'tagged',
      deleted: 'deleted',
    } as Record<string, string>,
  },
}
