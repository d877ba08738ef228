import { codedIndexes, managementIndexes } from './column-indexes.ts'
import { searchedValues, valuesAt, valuesOf } from './field-values.ts'
import { identifierIndexes } from './identifier-indexes.ts'
import { inventoryIndexes } from './inventory-indexes.ts'
import type { SearchIndex, WordsIndex } from './search-index.ts'
import { isOclcExport, subjectPlace, titlePlace } from '../word-places.ts'

type Written = Omit<WordsIndex, 'kind' | 'group' | 'aliases' | 'isSimple' | 'isExact'> & {
  readonly alias?: string
  readonly isExact?: true
}

const ofWords = ({ alias, isExact, ...index }: Written): WordsIndex => ({
  ...index,
  kind: 'words',
  group: 'description',
  aliases: alias === undefined ? [] : [alias],
  isSimple: true,
  isExact: isExact === true,
})

/** Letters of weights (word-places.ts): A titles, B names, C subjects. Other places are told from a word's others no more. */
const wordIndexes: readonly WordsIndex[] = [
  {
    ...ofWords({ code: 'keywords', name: 'Keywords', weights: '', isExact: true, values: searchedValues }),
    aliases: ['cql.serverChoice', 'alma.all_for_ui', 'cql.anywhere'],
  },
  ofWords({
    code: 'title',
    name: 'Title',
    alias: 'alma.title',
    weights: 'A',
    isExact: true,
    values: valuesAt(titlePlace),
  }),
  ofWords({
    code: 'creator',
    name: 'Creator',
    alias: 'alma.creator',
    weights: 'B',
    values: valuesOf('100:abcdjqu 110:abcdgnu 111:acdegjnqu 700:abcdjqu 710:abcdgnu 711:acdegjnqu'),
  }),
  ofWords({
    code: 'names',
    name: 'Names',
    alias: 'alma.name',
    weights: 'BC',
    values: valuesOf('X00:abcdgjq X10:abcdgn X11:acdegjnq 720:a'),
  }),
  ofWords({
    code: 'subjects',
    name: 'Subjects',
    alias: 'alma.subjects',
    weights: 'C',
    isExact: true,
    values: valuesAt(subjectPlace),
  }),
  ofWords({
    code: 'lc-subjects',
    name: 'Subjects (LC)',
    alias: 'alma.subjects_lc',
    weights: 'C',
    values: valuesOf('600/0 610/0 611/0 630/0 647/0 648/0 650/0 651/0 655/0'),
  }),
  ofWords({
    code: 'mesh-subjects',
    name: 'Subjects (MeSH)',
    alias: 'alma.subjects_mesh',
    weights: 'C',
    values: valuesOf('600/2 610/2 611/2 630/2 647/2 648/2 650/2 651/2 655/2'),
  }),
  ofWords({
    code: 'genre',
    name: 'Genre or form',
    alias: 'alma.genre_form',
    weights: 'C',
    values: valuesOf('655'),
  }),
  ofWords({
    code: 'uniform-title',
    name: 'Uniform title',
    alias: 'alma.uniform_title',
    weights: 'AC',
    values: valuesOf('130 240 243 630 699 730 830'),
  }),
  ofWords({
    code: 'serial-title',
    name: 'Serial title',
    alias: 'alma.serial_title',
    weights: 'A',
    values: valuesOf('222:ab'),
  }),
  ofWords({
    code: 'series',
    name: 'Series',
    alias: 'alma.series',
    weights: 'AB',
    values: valuesOf(
      '400:aknpt 410:aknpt 411:aknpt 440:anp 490:a 800:abcdfklmnopqrst 810:abcdfklmnoprst 811:acdefklnpqst 830:adfklmnoprst',
    ),
  }),
  ofWords({
    code: 'publisher',
    name: 'Publisher',
    alias: 'alma.publisher',
    weights: '',
    values: valuesOf('260:b 264:b'),
  }),
  ofWords({
    code: 'publication-place',
    name: 'Place of publication',
    alias: 'alma.publisher_location',
    weights: '',
    values: valuesOf('260:a 264:a'),
  }),
  ofWords({ code: 'edition', name: 'Edition', alias: 'alma.edition', weights: '', values: valuesOf('250') }),
  ofWords({
    code: 'notes',
    name: 'Notes',
    alias: 'alma.notes',
    weights: '',
    values: valuesOf('50X 51X 52X 53X 54X 55X 56X 58X'),
  }),
  ofWords({
    code: 'contents',
    name: 'Table of contents',
    alias: 'alma.table_of_contents',
    weights: '',
    values: valuesOf('505:agrt'),
  }),
  ofWords({
    code: 'source-record-id',
    name: 'Source record ID',
    alias: 'alma.source_record_id',
    weights: '',
    values: valuesOf('004'),
  }),
  ofWords({
    code: 'publisher-number',
    name: 'Publisher or report number',
    alias: 'alma.publisher_number',
    weights: '',
    values: valuesOf('027:az 028:ab 037:a 074:az 086:az 088:az'),
  }),
]

/** Every local tag has its own: 009, 09X, 59X, 69X and 9XX, without those that OCLC fills and nobody searches. */
const localIndexes: readonly WordsIndex[] = [
  '009',
  ...decade('09'),
  ...decade('59'),
  ...decade('69'),
  ...Array.from({ length: 10 }, (_, tens) => decade(`9${tens}`)).flat(),
]
  .filter((tag) => !isOclcExport(tag))
  .map((tag) => ({
    ...ofWords({
      code: `local-${tag}`,
      name: `Local field ${tag}`,
      alias: `alma.local_field_${tag}`,
      weights: tag.startsWith('69') ? 'C' : '',
      values: valuesOf(tag),
    }),
    isSimple: false,
  }))

function decade(start: string): string[] {
  return Array.from({ length: 10 }, (_, ones) => `${start}${ones}`)
}

/** Every index that there is, in the order in which they are shown. */
export const searchIndexes: readonly SearchIndex[] = [
  ...wordIndexes,
  ...identifierIndexes,
  ...codedIndexes,
  ...managementIndexes,
  ...inventoryIndexes,
  ...localIndexes,
]
