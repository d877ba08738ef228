import type { ShareAs } from '../server/api/share-as.ts'
import { counted } from './counted.ts'
import { formatCount } from './format.ts'

/*
 * Every word about sharing between zones, which `text` has among its own.
 */

const bibs = (count: number): string => counted(count, 'bib', 'bibs')
const institutions = (count: number): string => counted(count, 'institution', 'institutions')

const ways: Record<ShareAs, string> = {
  create: 'Contribute it as new',
  theirs: 'Take the network’s as it is',
  merge: 'Merge ours into the network’s',
  overlay: 'Put ours in the place of the network’s',
}

export const sharingCommands = {
  shareBib: 'Share with network',
  unlinkBib: 'Unlink from the network',
  undoShare: 'Take the share back',
  copyBib: 'Copy the bib to the catalogue',
  linkBib: 'Link to the bib',
  shareNow: 'Share as chosen',
  nextWay: 'Next way to share',
  goLink: 'Go to Link a set of records to the network zone',
  submitLink: 'Submit',
}

export const sharingPlaces = {
  share: 'On Share with network',
  link: 'On Link a set of records',
}

export const sharingText = {
  lockedBy: (holder: string, since: string) => `${holder} has had it open since ${since}.`,

  take: {
    copy: 'Copy to catalogue',
    link: 'Link',
    into: { copy: 'Copy into which institution?', link: 'Link which institution?' },
    keep: 'Leave it',
    copied: (mmsId: string, zone: string) => `Copied into ${zone} as ${mmsId}.`,
    linked: (mmsId: string, zone: string) => `${zone} is linked to it as ${mmsId}.`,
    again: (mmsId: string, zone: string) => `${zone} was linked to it already, as ${mmsId}.`,
    withAlike: (done: string, count: number) =>
      `${done} The zone has ${counted(count, 'another bib', 'other bibs')} with the same OCLC number.`,
    needsInstitution: 'Choose an institution at the top: records are copied and linked into one.',
    noInstitution: 'You may do this in no institution that shares with this zone.',
    ownZone: 'The record is an institution’s own.',
    there: (zone: string, mmsId: string) => `${zone} has it already, as ${mmsId}.`,
    noRow: 'Choose a result first.',
    open: 'Open the record',
  },

  own: {
    title: (zone: string) => `In ${zone}`,
    none: 'Not there yet.',
    how: { linked: 'linked to this record', copied: 'a copy of it', alike: 'same OCLC number' },
  },

  unlink: {
    action: 'Unlink …',
    title: (mmsId: string, zone: string) => `Unlink from ${mmsId} in ${zone}?`,
    consequences: (zone: string) => [
      `What the record in ${zone} says now is copied into this bib. It becomes the institution’s own.`,
      `It keeps its MMS ID, its local fields, and its holdings, items and portfolios.`,
      `Later changes in ${zone} do not reach it any more. The record in ${zone} stays as it is.`,
    ],
    careful:
      'There is no undo by one key. To link it again, share it with the network and take the network’s as it is.',
    confirm: 'Unlink',
    keep: 'Stay linked',
    done: (mmsId: string) => `Unlinked from ${mmsId}. The bib is the institution’s own now.`,
    notLinked: 'The bib is not linked.',
    notOwn: 'Only the bibs of an institution are linked.',
  },

  impact: {
    title: 'Whom a change affects',
    nobody: 'No institution is linked to it: a change here reaches nobody else.',
    sum: (linked: number, withInventory: number) =>
      `A change is seen in the same moment by ${institutions(linked)}, ${
        withInventory === 0
          ? 'none with inventory of it.'
          : `${formatCount(withInventory)} with inventory of it.`
      }`,
    localFields: (tags: readonly string[]) => `local fields ${tags.join(', ')}`,
    met: (tags: readonly string[]) => `local fields of tags that change: ${tags.join(', ')}`,
  },

  undo: {
    action: 'Take the share back …',
    title: 'Take the share back?',
    lead: 'Our bib becomes what it was before it was shared, and so does the network’s. What others have changed since stays, and is named.',
    confirm: 'Take it back',
    keep: 'Leave it shared',
    notShared: 'The bib was not shared by itself.',
    results: {
      removed: 'The share is taken back: the network’s bib, which was made by it, is gone.',
      restored: 'The share is taken back: both bibs are what they were.',
      merged: 'The share is taken back. What others have changed since in the network’s bib was kept.',
      conflict: 'Not all of it could be taken back.',
      gone: 'The network’s bib is not there any more.',
      nothing: 'There was nothing to take back.',
    },
    job: (job: number) => `Undo, job ${job}`,
    together: (job: number) => `Linked by job ${job}, together with others.`,
  },

  share: {
    action: 'Share with network …',
    title: 'Share with network',
    back: 'Back to the bib',
    loading: 'Looking for it in the network …',
    linked: 'The bib is linked already.',
    noNetwork: 'The institution belongs to no network.',
    notOwn: 'Only an institution’s own bibs are shared.',
    matchedBy: (method: string) => `Matched by: ${method}`,
    profile: (code: string, network: string) => `by profile ${code} of ${network}`,
    refused: 'It cannot be shared as it is.',
    which: (network: string) => `Which bib of ${network} is it?`,
    more: (more: number) =>
      `${counted(more, 'more bib matches', 'more bibs match')} and cannot be shown here.`,
    noMatch: (network: string) => `Nothing in ${network} matches it.`,
    named: 'Another bib than matching finds: its MMS ID',
    look: 'Look at it',
    asFound: 'What matching finds',
    how: 'What becomes of it?',
    ways,
    meanings: {
      create: (network: string) => `${network} gets a new record, made of ours without our local fields.`,
      theirs: (network: string) => `The record in ${network} does not change. Ours takes its content.`,
      merge: (network: string) => `By the merge rule of ${network}.`,
      overlay: (network: string) => `But for what ${network} protects.`,
    } satisfies Record<ShareAs, (network: string) => string>,
    changes: (count: number) =>
      count === 0 ? 'No field changes there' : `${counted(count, 'field changes', 'fields change')} there`,
    lost: (count: number) =>
      count === 0 ? 'nothing of ours is lost' : `${counted(count, 'field', 'fields')} of ours lost`,
    network: (network: string) => `What the record in ${network} becomes`,
    networkNew: (network: string) => `The new record in ${network}`,
    networkSame: (network: string, mmsId: string) => `The record ${mmsId} in ${network} stays as it is.`,
    isNow: 'As it is',
    becomes: 'As it would be',
    ours: (zone: string) => `What our bib in ${zone} becomes`,
    why: 'Why, field by field',
    bib: 'What happens to our bib',
    keeps: (mmsId: string) => `It keeps its MMS ID ${mmsId}, and is linked to the record in the network.`,
    inventory: 'What hangs on it stays where it is:',
    tags: (tags: readonly string[]) => `It stays as it is in this: ${tags.join(', ').toLowerCase()}.`,
    records: 'What becomes of both records',
    oursSame: 'Ours stays as it is.',
    notNow: (why: string) => `Not now: ${why}`,
    unaffected: (count: number) =>
      count === 0
        ? 'Nobody: the record in the network does not change, and no other institution is linked to it.'
        : `Nobody else: the record in the network does not change. ${institutions(count)} linked to it already.`,
    stays: 'Stay with our bib, and never go up',
    staysNone: 'It has no local fields.',
    lostTitle: 'Lost to us',
    lostMeaning: 'These fields of ours are not in the record afterwards, and are not local.',
    lostNone: 'Nothing of ours is lost.',
    impact: 'Whom this affects',
    confirm: {
      create: 'Contribute',
      theirs: 'Link to the network’s',
      merge: 'Merge and link',
      overlay: 'Overlay and link',
    } satisfies Record<ShareAs, string>,
    held: 'Exactly what is shown is done. If either bib has changed since, nothing is done.',
    anew: 'Look at the preview anew',
    done: {
      created: (mmsId: string, network: string) =>
        `Shared: ${network} has it as ${mmsId}, and ours is linked to it.`,
      merged: (mmsId: string, network: string) =>
        `Shared: merged into ${mmsId} of ${network}, and linked to it.`,
      overlaid: (mmsId: string, network: string) =>
        `Shared: in the place of ${mmsId} of ${network}, and linked to it.`,
      unchanged: (mmsId: string, network: string) =>
        `Shared: linked to ${mmsId} of ${network}, which stays as it was.`,
    },
    byJob: (job: number) => `Job ${job}`,
  },

  local: {
    name: 'local',
    count: (count: number, zone: string) =>
      `${counted(count, 'local field', 'local fields')} of ${zone}, marked “local”. The rest is the record that the bib is linked to.`,
    none: 'All of it is the record that the bib is linked to: it has no local fields.',
  },
} as const

export const linkJobText = {
  title: 'Link a set of records to the network zone',
  lead: 'Each bib is matched in the network. With one match it becomes linked to it; the network’s record stays as it is. Local fields and inventory stay.',
  zone: 'Institution',
  which: 'Which records',
  sources: {
    set: 'A set',
    search: 'The results of a search',
    numbers: 'A list of MMS IDs',
    file: 'A file of MMS IDs',
  },
  sourceMeanings: {
    set: 'Of titles, items or portfolios: their bibs',
    search: 'What it finds when the job is submitted',
    numbers: 'Typed or pasted',
    file: 'One first in each line, such as an exported table; about a million at most',
  },
  set: 'Set',
  noSets: 'This zone has no sets. A search is saved as one on Search.',
  setNamed: (name: string, entity: string, members: number | null) =>
    members === null ? `${name} · ${entity}` : `${name} · ${entity}, ${formatCount(members)}`,
  query: 'Search',
  queryHelp: 'In CQL, as Advanced on Search shows it: title all "pride" and language = eng.',
  numbers: 'MMS IDs',
  numberCount: (count: number) => bibs(count),
  chooseFile: 'Choose a file …',
  how: 'How',
  method: 'Match method',
  serialMethod: 'Match method of serials',
  ofProfile: 'As the network’s profile says',
  asOthers: 'The same as of others',
  contribute: 'Contribute what nothing matches',
  contributeMeaning: 'Such bibs become new records of the network. Suppressed ones do not.',
  label: 'Label',
  notes: 'Notes',
  preview: 'Dry run first',
  previewMeaning: 'Shows what would become of each bib. Nothing changes until you commit.',
  straight: 'Link straight away',
  straightMeaning: 'A finished job can be undone.',
  submitPreview: 'Submit the dry run',
  submit: 'Link the records',
  submitting: 'Submitting …',
  needsInstitution: 'Choose an institution.',
  needsNetwork: 'The institution belongs to no network.',
  needsSet: 'Choose a set.',
  needsQuery: 'Say what to search for.',
  noNumbers: (others: readonly string[]) =>
    `Not an MMS ID: ${others.slice(0, 3).join(', ')}${others.length > 3 ? ` and ${formatCount(others.length - 3)} more` : ''}.`,
  oneFile: 'Keep one file alone.',
  needsNumbers: 'Give MMS IDs: one a line.',
  needsFile: 'Choose a file.',
  manyNumbers: 'More than 10,000: use a file.',
  fileSending: 'Wait until the file has arrived.',
  fileFailed: 'Choose the file again.',
  these: 'Link these to the network …',
  results: 'What became of the bibs',
  counts: {
    linked: 'Linked',
    contributed: 'of these, contributed as new',
    multiMatched: 'With several matches',
    alreadyLinked: 'Linked already',
    refused: 'Not linked',
  },
  meanings: {
    multiMatched: 'Share each by itself and choose.',
    refused: 'The reasons are below.',
  },
  commit: {
    lead: (zone: string, network: string) =>
      `Bibs of ${zone} are linked to ${network} exactly as this shows:`,
    linked: (count: number) => `${bibs(count)} linked`,
    contributed: (count: number) => `of these, ${bibs(count)} contributed as new to the network`,
    nothing: 'No bib would be linked.',
  },
  undo: {
    linked: (count: number) =>
      `${counted(count, 'bib that it linked becomes', 'bibs that it linked become')} again what ${count === 1 ? 'it was' : 'they were'}`,
    contributed: (count: number) =>
      `${counted(count, 'bib of the network that it contributed is', 'bibs of the network that it contributed are')} removed`,
    nothing: 'This job linked no bib, so there is nothing to undo.',
  },
  contributes: 'Bibs without a match are contributed.',
  contributesNone: 'Bibs without a match are left alone.',
  theirsColumn: 'Network’s bib',
  ours: 'Our bib',
  oursTagged: (tag: string) => `Our bib: ${tag.toLowerCase()}`,
} as const
