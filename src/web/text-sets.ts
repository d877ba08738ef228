import { counted } from './counted.ts'
import { formatCount } from './format.ts'

/*
 * Every word of sets, which `text` has among its own.
 */

export const setCommands = {
  goSets: 'Go to Sets',
  selectRow: 'Select the row, or no more',
  selectPage: 'Select all rows of the page, or none',
  addToSet: 'Add to a set',
  removeFromSet: 'Take the selected out of the set',
  backToSets: 'Back to the sets',
}

export const setPlaces = { set: 'On a set' }

const members = (count: number): string => counted(count, 'member', 'members')

export const setsText = {
  sets: {
    title: 'Sets',
    list: 'Sets',
    members,
    filter: 'Filter',
    zone: 'Zone',
    count: (count: number) => counted(count, 'set', 'sets'),
    some: (shown: number, all: number) => `${formatCount(shown)} of ${counted(all, 'set', 'sets')}`,
    fromFile: 'New set from a file …',
    columns: {
      name: 'Name',
      kind: 'Kind',
      entity: 'Of',
      members: 'Members',
      query: 'Query or note',
      made: 'Made',
      by: 'By',
    },
    kinds: { itemised: 'Itemised', logical: 'Logical' },
    kindMeans: {
      itemised: 'Itemised: it has the members that it was given.',
      logical: 'Logical: it has at any time what its search finds.',
    },
    none: {
      title: (zone: string) => `${zone} has no sets yet`,
      teach:
        'A set keeps titles, items or portfolios under a name, to be gone back to and worked through. Save a search as a set, select results and add them to one, or make one of a file of numbers.',
      search: 'To Search',
      noneFit: 'No set fits the filter',
      clear: 'Take the filter away',
    },
    set: {
      back: 'Sets',
      made: 'Made',
      by: (who: string) => `by ${who}`,
      query: 'Its search',
      note: 'Note',
      search: 'Search with it',
      itemise: 'Make an itemised set of it …',
      rename: 'Rename …',
      delete: 'Delete …',
      take: 'Take along',
      formats: {
        csv: 'As a table (CSV)',
        mrc: 'ISO 2709',
        xml: 'MARCXML',
        json: 'MARC-in-JSON',
        mrk: 'MarcEdit text',
      },
      members: 'Members',
      nobody: 'Nothing is in it.',
      nobodyLogical: 'Its search finds nothing now.',
      atLeast: (count: string) => `More than ${count}`,
      gone: (count: number) =>
        `${counted(count, 'member is', 'members are')} no more in the catalogue, and not shown here.`,
      takeOutGone: (count: number) => (count === 1 ? 'Take it out' : 'Take them out'),
      tookOutGone: 'What was gone is taken out.',
      takeOut: 'Take out',
      tookOut: (count: number) => `${members(count)} taken out.`,
      nothingSelected: 'Select members first.',
      isLogical: 'A logical set has what its search finds: make an itemised one of it to take members out.',
    },
    select: {
      row: (title: string) => `Select ${title}`,
      page: 'Select all of the page',
      count: (count: number) => `${formatCount(count)} selected`,
      clear: 'Select none',
    },
    add: {
      open: 'Add to set …',
      title: 'Add to a set',
      what: 'What is added',
      selected: (count: number) => `The ${formatCount(count)} selected`,
      row: (title: string) => `This one: ${title}`,
      all: (count: string) => `All that the search finds: ${count}`,
      tooMany: 'The search finds more than 10,000: narrow it, or save it as a logical set.',
      set: 'Into',
      fresh: 'A new set',
      name: 'Name of the new set',
      submit: 'Add',
      cancel: 'Cancel',
      done: (name: string, count: number) => `“${name}” has ${members(count)} now.`,
      noRow: 'Choose a result first.',
    },
    itemise: {
      title: 'Make an itemised set',
      teach: 'It gets what the search finds now, at most 10,000, and keeps it.',
      name: 'Name',
      submit: 'Make it',
      done: (name: string, count: number) => `“${name}” is made, with ${members(count)}.`,
      nameOf: (name: string, day: string) => `${name}, ${day}`,
    },
    rename: { title: 'Rename the set', name: 'Name', note: 'Note', submit: 'Save', done: 'Saved.' },
    delete: {
      title: (name: string) => `Delete “${name}”?`,
      teach: 'Its members stay in the catalogue as they are. The set cannot be brought back.',
      submit: 'Delete the set',
      done: (name: string) => `“${name}” is deleted.`,
    },
    file: {
      title: (zone: string) => `New set in ${zone} from a file of numbers`,
      teach:
        'One number a line. The first line may say what they are, or be the heading of a table, one column of which is called so: MMS ID, ISBN, ISSN, OCLC number, 035 field, PID or barcode. Each is found as a search finds it.',
      name: 'Name of the set',
      entity: 'A set of',
      entities: {
        'all-titles': 'Titles',
        'physical-items': 'Physical items',
        'electronic-portfolios': 'Electronic portfolios',
      },
      kind: 'The numbers are',
      kinds: {
        '': 'What the first line says',
        'mms-id': 'MMS IDs',
        isbn: 'ISBNs',
        issn: 'ISSNs',
        'oclc-035az': 'OCLC numbers',
        'other-system-number': 'System numbers (035)',
        pid: 'Numbers of bibs, holdings, items or portfolios (PID)',
        barcode: 'Barcodes',
      },
      numbers: 'Numbers',
      choose: 'Choose a file …',
      tooLarge: 'The file is larger than 900,000 characters: split it.',
      submit: 'Make the set',
      cancel: 'Cancel',
      nothing: 'There are no numbers yet.',
      report: {
        title: (name: string) => `“${name}” is made`,
        counts: (numbers: number, found: number) =>
          `${counted(numbers, 'number', 'numbers')} looked for, ${formatCount(found)} found.`,
        members: (count: number) => `The set has ${members(count)}.`,
        repeated: (count: number) => `${counted(count, 'line repeats', 'lines repeat')} a number.`,
        missing: (count: number) => `${counted(count, 'number names', 'numbers name')} nothing`,
        several: (count: number) => `${counted(count, 'number names', 'numbers name')} several`,
        line: 'Line',
        number: 'Number',
        why: 'Why',
        all: (count: number) => `${members(count)}: all are in the set.`,
        more: (count: number) => `${formatCount(count)} more: copy the report to see them.`,
        copy: 'Copy the report as CSV',
        copied: 'The report is copied.',
        open: 'Open the set',
        close: 'Close',
      },
    },
  },
}
