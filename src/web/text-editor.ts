import type { LineFault } from './editor/field-line.ts'
import type { TemplateCode } from './editor/bib-templates.ts'
import { counted } from './counted.ts'

/*
 * Every word of the metadata editor, which `text` has among its own.
 */

const faults: Record<LineFault, { readonly message: string; readonly remedy: string }> = {
  'no-tag': {
    message: 'The line does not begin with a tag.',
    remedy: 'Write three characters and a blank: 245 10 ‡a Emma.',
  },
  'no-indicators': {
    message: 'The tag is not followed by two indicators.',
    remedy: 'Write both after one blank, # for a blank one: 245 1# ‡a Emma.',
  },
  'no-delimiter': {
    message: 'There is text before the first subfield.',
    remedy: 'Put a delimiter and a code before it (F9): ‡a.',
  },
  'no-code': { message: 'A delimiter has no code.', remedy: 'Write the code behind it: ‡a.' },
  'leader-length': {
    message: 'The leader does not have 24 characters.',
    remedy: 'It is the line that begins with LDR; fill it up, or take out what is too much.',
  },
  'second-leader': { message: 'There is a second leader.', remedy: 'Keep the first.' },
}

const templates: Record<TemplateCode, { readonly name: string; readonly about: string }> = {
  book: { name: 'Book', about: 'A printed monograph, by RDA.' },
  'e-book': { name: 'E-book', about: 'An online monograph, with the printed one in 776.' },
  serial: { name: 'Serial', about: 'A printed periodical, with 780 and 785.' },
  video: { name: 'Video', about: 'A film on DVD.' },
  score: { name: 'Score', about: 'Printed music.' },
  map: { name: 'Map', about: 'A printed map.' },
  'sound-recording': { name: 'Sound recording', about: 'Music on an audio disc.' },
  'brief-order': {
    name: 'Brief order record',
    about: 'Enough to order by; suppressed from discovery and not published to OCLC.',
  },
}

export const editorCommands = {
  goNewBib: 'New bib from a template',
  editBib: 'Edit the record',
  editRow: 'Edit the record',
  setTags: 'Set management tags',
  saveBib: 'Save the record',
  saveAndRelease: 'Save and release the record',
  releaseBib: 'Release without saving',
  newField: 'New field below',
  newSubfield: 'New subfield: a delimiter',
  deleteField: 'Delete the field',
  deleteSubfield: 'Delete the subfield',
  moveFieldUp: 'Move the field up',
  moveFieldDown: 'Move the field down',
  duplicateField: 'The same field again below',
  orderFields: 'Put the fields in the order of their tags',
  nextPart: 'Next part of the field',
  previousPart: 'Part of the field before',
  chooseHere: 'What may stand here: tags, codes, values',
  undoTyping: 'Undo',
  redoTyping: 'Redo',
  leaveText: 'Leave the text',
  nextFinding: 'Next finding',
  toText: 'To the text',
  toTags: 'To the management tags',
  showChanges: 'Show or hide what differs from the saved record',
}

export const editorPlaces = { editor: 'In the metadata editor' }

const times = (count: number): string => counted(count, 'error', 'errors')
const warnings = (count: number): string => counted(count, 'warning', 'warnings')

export const editorText = {
  title: 'Metadata editor',
  titleOf: (title: string) => `Edit: ${title}`,
  newTitle: (template: string) => `New bib: ${template}`,
  copyTitle: (title: string) => `New bib: copy of ${title}`,
  edit: 'Edit',
  duplicate: 'Duplicate the record',
  isNew: 'New: it gets its number when it is saved',
  version: (version: number) => `Version ${version}`,

  text: (title: string) => `Record: ${title}`,
  describe:
    'A line a field. Tab goes to the next part of the field. Escape, then Tab, leaves the text. F8 new field, F9 new subfield.',
  hint: 'goes to the next part',
  hintLeave: 'leaves the text',
  hintChoose: 'what may stand here',
  parts: 'Keys of the text',
  lineOf: (line: number, lines: number) => `Line ${line} of ${lines}`,
  found: (errors: number, warned: number) =>
    errors === 0 && warned === 0
      ? 'Nothing found'
      : errors === 0
        ? warnings(warned)
        : warned === 0
          ? times(errors)
          : `${times(errors)}, ${warnings(warned)}`,
  missing: 'What the record lacks',
  severities: { error: 'Error', warning: 'Warning' },
  faults,

  save: 'Save',
  saveAndRelease: 'Save and release',
  release: 'Release',
  brokenLines: (count: number, line: number) =>
    `${counted(count, 'line is', 'lines are')} no field; the first is line ${line}. Correct or delete it, and save again.`,
  saved: (version: number) => `Saved, as version ${version}.`,
  savedSame: 'It is saved as it was: nothing differs.',
  savedNew: (mmsId: string) => `Saved as ${mmsId}.`,
  savedAndReleased: (version: number) => `Saved, as version ${version}, and released.`,
  changedNot: 'Unchanged',
  changed: 'Not saved yet',
  draftKept: (when: string) => `Draft kept in this browser, ${when}`,
  draftNotKept: 'This browser has no room for a draft: save before you leave.',

  askRelease: 'Release without saving?',
  askReleaseLead: 'What you have changed since the last save is given up, and the record is free for others.',
  askReleaseYes: 'Give up and release',
  askReleaseNo: 'Go on editing',

  lockTaking: 'Taking the lock …',
  lockYours: (until: string) => `Locked for you until ${until}, longer while you write`,
  lockRefused: 'It can be read here, and not changed.',
  lockAgain: 'Try again',
  lockRelease: 'Release their lock',
  readOnly: 'Read only',
  community: 'Bibs of a community zone are changed by nobody here: copy or link it to an institution.',

  draftRestored: (when: string) => `Your draft of ${when} is here again; it is not saved yet.`,
  draftDrop: 'Drop the draft',
  draftDropNew: 'Begin anew',
  draftOlder: (when: string, version: number, now: number) =>
    `You have a draft of ${when}, made of version ${version}. The record is version ${now} now.`,
  draftTake: 'Take the draft',
  draftDiff: 'What the draft differs in from the record as it is now',

  conflict: (version: number, who: string, when: string) =>
    `Meanwhile version ${version} was saved${who === '' ? '' : ` by ${who}`}, ${when}. Yours was not saved.`,
  conflictDiff: 'What your text differs in from the version saved meanwhile',
  theirs: (version: number) => `Version ${version}`,
  mine: 'Your text',
  keepMine: 'Go on with mine',
  keepMineTeach:
    'Your text stays; saving it makes it the next version. Bring over first what you want of theirs.',
  takeTheirs: 'Take theirs',

  matches: (count: number) =>
    `${counted(count, 'bib of the zone matches', 'bibs of the zone match')} this record. It is not saved yet.`,
  matchBy: (keys: string) => `by ${keys}`,
  saveAnyway: 'Save as a new bib all the same',

  changes: 'What differs from the saved record',
  before: (version: number) => `Saved, version ${version}`,
  after: 'As written here',
  tagsChange: 'Management tags differ too.',

  tags: 'Management tags',
  suppress: 'Suppress from discovery',
  publish: 'Publish to OCLC',
  publishing: {
    publish: 'Publish the bib',
    'holdings-only': 'Publish holdings alone',
    'do-not-publish': 'Don’t publish',
  },
  tagsSaved: 'Management tags are set.',

  held: 'That line is not changed here: number and time are the bib’s own.',
  heldShared: (zone: string) =>
    `That field is shared with ${zone}: change it there, or write a field of your own with ‡9 LOCAL.`,
  linked: (zone: string, mmsId: string) =>
    `Linked to ${mmsId} in ${zone}. Grey lines are shared and are changed there; what you add here is local: give it ‡9 LOCAL.`,
  editShared: (zone: string) => `Edit it in ${zone}`,

  impactNone: 'A record of the network: no institution is linked to it.',
  impactLead: (count: number) =>
    `A record of the network: ${counted(count, 'institution sees', 'institutions see')} a change in the moment it is saved.`,

  here: 'At the caret',
  hereNothing: 'Nothing MARC 21 has a name for.',
  hereLocal: 'A tag that is left to libraries.',
  repeatable: 'repeatable',
  once: 'once',
  obsolete: 'obsolete',
  indicator: (which: 1 | 2) => `Indicator ${which}`,
  undefinedValue: 'not defined',
  notCoded: 'not coded',
  position: 'Position',
  positionName: 'Meaning',
  positionCode: 'Code',
  subfields: 'Subfields',
  positionsOf: (tag: string) => `What the positions of ${tag} say`,

  inventoryFirst: 'Save the bib first: inventory hangs on it.',

  templates,
  chooseTemplate: 'What is it?',
  placement: (zone: string) => `It is made in ${zone}. Another zone is chosen at the top.`,
  noZone: 'Choose a zone at the top.',
  orCopy: 'A record like one that is there: open that one, and find “Duplicate the record” with Ctrl+K.',
} as const
