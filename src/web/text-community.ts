import { counted } from './counted.ts'
import { formatCount } from './format.ts'

/*
 * Words about electronic collections: what is in them, what an institution activates, what is loaded into them.
 */

const portfolios = (count: number) => counted(count, 'portfolio', 'portfolios')
const titles = (count: number) => counted(count, 'title', 'titles')
const bibs = (count: number) => counted(count, 'bib', 'bibs')

export const communityCommands = {
  goCollections: 'Go to Electronic collections',
  backToCollections: 'Back to the collections',
  chooseTitle: 'Choose the title, or leave it out',
  activateTitles: 'Activate titles',
  deactivateTitles: 'Deactivate titles',
  loadTitles: 'Dry run, then load the file',
  acknowledge: 'Acknowledge the change',
  acknowledgeAll: 'Acknowledge all that is shown',
  findPortfolio: 'Find a portfolio in the community zone',
}

export const communityPlaces = {
  collection: 'On an electronic collection',
  changes: 'On changes of activated titles',
}

export const communityText = {
  collections: {
    title: 'Electronic collections',
    list: 'Electronic collections',
    filter: 'Filter',
    which: 'Which',
    all: 'All',
    activated: 'With activated titles',
    ofZone: (zone: string) => `Of ${zone} alone`,
    seenFrom: (zone: string) => `What is activated is said of ${zone}, the zone that you work in.`,
    shown: (count: number) => counted(count, 'collection', 'collections'),
    count: (shown: number, all: number) =>
      `${formatCount(shown)} of ${counted(all, 'collection', 'collections')}`,
    changes: (count: number) =>
      counted(count, 'change of activated titles to see', 'changes of activated titles to see'),
    noChanges: 'Changes of activated titles',
    columns: {
      name: 'Collection',
      zone: 'Zone',
      provider: 'Provider',
      titles: 'Titles',
      activated: 'Activated',
      changes: 'Changed',
      loaded: 'Last file',
      who: 'By',
    },
    withdrawn: (count: number) => `${formatCount(count)} withdrawn`,
    toSee: (count: number) => `${formatCount(count)} to see`,
    neverLoaded: 'none yet',
    none: 'No collection fits',
    empty: 'There is no electronic collection yet',
    emptyTeach:
      'A collection is what a provider offers as one. Its titles come from a title list (KBART) or a file of MARC records; institutions activate those of the community zone.',
    clear: 'Show all',
    add: 'New collection',
    fresh: {
      title: 'New electronic collection',
      zone: 'Zone',
      zoneHelp: 'What is in the community zone all institutions may activate.',
      name: 'Name',
      provider: 'Provider',
      needsName: 'Give it a name.',
      keep: 'Leave it',
      add: 'Add it',
    },
  },

  collection: {
    kind: 'Electronic collection',
    back: 'Electronic collections',
    number: 'Number',
    by: (provider: string) => `by ${provider}`,
    services: 'Service',
    zone: 'Seen from',
    counts: (all: number, withdrawn: number) =>
      withdrawn === 0 ? titles(all) : `${titles(all)}, of them ${formatCount(withdrawn)} withdrawn`,
    activatedOf: (activated: number, zone: string) => `${portfolios(activated)} activated in ${zone}`,
    changes: (count: number) => `${counted(count, 'change', 'changes')} to see`,
    tabs: { titles: 'Titles', loads: 'Files that were loaded', load: 'Load a file' },

    titles: {
      list: (name: string) => `Titles of ${name}`,
      search: 'Search within',
      searchHelp: 'Words of the title, an ISBN or ISSN, or what the list knows it by',
      state: 'Show',
      states: {
        all: 'All titles',
        open: 'Not activated yet',
        activated: 'Activated',
        withdrawn: 'Withdrawn',
      },
      columns: {
        choose: 'Chosen',
        title: 'Title',
        coverage: 'Coverage',
        address: 'Address',
        key: 'Known as',
        state: 'State',
      },
      choose: (title: string) => `Choose ${title}`,
      untitled: 'Untitled',
      available: 'offered',
      activated: 'activated',
      withdrawn: 'withdrawn',
      none: 'No title fits',
      empty: 'The collection has no titles yet',
      emptyTeach: 'Load a title list (KBART) or a file of MARC records into it.',
      clear: 'Show all titles',
      chosen: (count: number) => `${titles(count)} chosen`,
      leaveOut: 'Choose none',
    },

    activate: {
      all: 'Activate all …',
      some: (count: number) => `Activate ${titles(count)} …`,
      title: (zone: string) => `Activate for ${zone}`,
      notOffered: 'The collection is the zone’s own: what is in it is there already.',
      needsInstitution: 'Choose an institution under “Seen from”: titles are activated for readers of one.',
      planning: 'Looking what it comes to …',
      plan: (toActivate: number, onBibs: number) =>
        `${portfolios(toActivate)} will be made, on ${bibs(onBibs)}.`,
      newBibs: (count: number) =>
        count === 0 ? 'No bib has to be linked to.' : `${bibs(count)} will be linked to for it.`,
      wereThere: (count: number) =>
        `${counted(count, 'title is', 'titles are')} activated already, and left alone.`,
      withdrawn: (count: number) =>
        `${counted(count, 'title is', 'titles are')} withdrawn, and left out: that cannot be had any more.`,
      nothing: 'There is nothing to activate.',
      follows: 'Address and coverage follow the title list, until you give them others.',
      keep: 'Leave it',
      run: (count: number) => `Activate ${titles(count)}`,
      running: (done: number, all: number) => `${formatCount(done)} of ${formatCount(all)}`,
      progress: 'Progress',
      stop: 'Stop here',
      done: (made: number, zone: string) => `${portfolios(made)} made for ${zone}.`,
      doneBibs: (count: number) =>
        count === 0 ? 'No bib had to be linked to.' : `${bibs(count)} linked to.`,
      doneThere: (count: number) => `${titles(count)} had been activated before.`,
      stopped: 'Stopped: the rest can be activated at any time.',
      close: 'Close',
      show: 'Show them in search',
    },

    deactivate: {
      all: 'Deactivate all …',
      some: (count: number) => `Deactivate ${titles(count)} …`,
      title: (zone: string) => `Deactivate in ${zone}`,
      nothing: 'None of these is activated.',
      plan: (count: number) => `${portfolios(count)} will be deleted.`,
      withOwn: (count: number) =>
        `${formatCount(count)} of them with an address, a coverage or a note of your own, which goes with it.`,
      emptied: (count: number) =>
        count === 0
          ? 'No bib is left without inventory.'
          : `${bibs(count)} will be left without inventory, and kept.`,
      run: (count: number) => `Deactivate ${titles(count)}`,
      none: 'Nothing is activated here.',
      done: (count: number, zone: string) => `${portfolios(count)} deleted in ${zone}.`,
      doneEmptied: (count: number) =>
        count === 0 ? 'No bib is without inventory now.' : `${bibs(count)} without inventory now.`,
      stopped: 'Stopped: the rest is activated still.',
    },

    loads: {
      list: (name: string) => `Files that were loaded into ${name}`,
      none: 'No file has been loaded yet',
      noneTeach: 'What a file changes is kept here: what was new, changed, withdrawn and rejected.',
      columns: {
        when: 'When',
        file: 'File',
        kind: 'Kind',
        lines: 'Lines',
        added: 'New',
        changed: 'Changed',
        unchanged: 'Unchanged',
        withdrawn: 'Withdrawn',
        rejected: 'Rejected',
        who: 'By',
      },
      kinds: { kbart: 'title list', marc: 'MARC' },
      showing: (file: string, when: string) => `What ${file} changed, ${when}`,
      close: 'Back to the list',
    },

    load: {
      teach:
        'A title list (KBART) or a file of MARC records; its content tells which. A dry run comes first, and writes nothing.',
      drop: 'Drop a file here',
      dropKinds:
        'KBART: text with tabs. MARC: ISO 2709, MARCXML, MARC-in-JSON or MarcEdit text. Up to 64 MB.',
      choose: 'Choose a file …',
      another: 'Another file',
      file: 'File',
      whole: 'What the file does not have',
      wholes: {
        usual: 'is withdrawn by a title list, and stays after MARC records',
        whole: 'is withdrawn: the file has all titles',
        some: 'stays: the file has some titles',
      },
      dryRun: 'Dry run',
      load: 'Load it',
      needsFile: 'Choose a file first.',
      tooLarge: 'The file is larger than 64 MB: accession collection load takes it.',
      needsDryRun: 'Look at a dry run first.',
      running: { dry: 'Reading the file …', load: 'Loading …' },
      withdrawsMost: (withdrawn: number, all: number) =>
        `The file has ${formatCount(withdrawn)} of the ${titles(all)} of the collection no more. It was likely cut off, or is of another collection: as it is, it will not be loaded.`,
      mayWithdrawMost: 'The file is whole and the right one: most titles may be withdrawn',
      needsConsent: 'Say below that most titles may be withdrawn, or choose another file.',
      done: 'The file is loaded.',
      seeTitles: 'To the titles',
    },

    report: {
      dryRun: 'Dry run: nothing was written',
      lines: (count: number) => counted(count, 'line', 'lines'),
      records: (count: number) => counted(count, 'record', 'records'),
      parts: {
        added: 'new',
        changed: 'changed',
        unchanged: 'unchanged',
        further: 'more of titles above',
        blank: 'blank',
        deletes: 'that say the title is gone',
        rejected: 'rejected',
      },
      withdrew: (count: number) => `${titles(count)} withdrawn`,
      withdraws: (count: number) => `${titles(count)} would be withdrawn`,
      withdrawsNone: 'nothing is withdrawn',
      rejected: 'Rejected',
      changes: 'New and changed titles',
      withdrawn: 'Withdrawn titles',
      findings: 'Notes',
      first: (shown: number, all: number) => `The first ${formatCount(shown)} of ${formatCount(all)}.`,
      firstKept: (shown: number) => `The first ${formatCount(shown)} are shown.`,
      columns: {
        line: 'Line',
        record: 'Record',
        column: 'Where',
        why: 'What is wrong',
        noted: 'What was noted',
        remedy: 'What to do',
        title: 'Title',
        key: 'Known as',
        change: 'Change',
        address: 'Address',
        coverage: 'Coverage',
      },
      change: { added: 'new', changed: 'changed', back: 'back again', record: 'record changed' },
      noAddress: 'no address',
      noCoverage: 'no coverage said',
      was: 'was',
    },
  },

  changes: {
    title: 'Changes of activated titles',
    titleIn: (zone: string) => `Changes of activated titles in ${zone}`,
    teach:
      'Title lists of the community zone have changed these portfolios since somebody here last looked. What you have given an address or a coverage of your own keeps it.',
    list: 'Changes of activated titles',
    which: 'Show',
    unseen: 'To be seen',
    all: 'Acknowledged too',
    columns: {
      title: 'Title',
      change: 'Change',
      was: 'Was',
      now: 'Is now',
      collection: 'Collection',
      when: 'When',
      seen: 'Seen',
    },
    withdrawn: 'withdrawn',
    back: 'available again',
    address: 'address',
    coverage: 'coverage',
    unknown: 'changed',
    none: 'There is nothing to see',
    noneTeach: 'When a title list changes or withdraws a title that is activated here, it stands here.',
    needsInstitution: 'Choose an institution at the top: what is activated is an institution’s.',
    acknowledge: 'Acknowledge',
    acknowledgeOf: (title: string) => `Acknowledge the change of ${title}`,
    acknowledgeAll: (count: number) => `Acknowledge all ${formatCount(count)}`,
    acknowledged: (count: number) => `${counted(count, 'change', 'changes')} acknowledged.`,
    some: (done: number, all: number) =>
      `${formatCount(done)} of ${counted(all, 'change', 'changes')} acknowledged: the rest has changed once more.`,
    nothing: 'There is nothing to acknowledge.',
    first: (count: number) => `The first ${formatCount(count)} are shown.`,
    by: (who: string) => `by ${who}`,
    shown: (count: number) => counted(count, 'change', 'changes'),
  },

  findPortfolio: {
    open: 'Find in the community zone',
    title: 'A portfolio of the community zone for this bib',
    teach:
      'The portfolio is activated on this bib, and follows the title list of its collection. If it has been activated before, it comes here.',
    zone: 'Institution',
    words: 'Words of the title, an ISBN or ISSN',
    search: 'Search',
    results: 'Portfolios of the community zone',
    none: 'No portfolio of the community zone fits.',
    more: (count: number) => `The first ${formatCount(count)} are shown: say more words.`,
    choose: 'Put it on this bib',
    chooseOf: (title: string, url: string) => `Put it on this bib: ${title}, ${url}`,
    unavailable: 'not available',
    done: 'The portfolio is on this bib.',
    moved: 'The portfolio was activated already, and is on this bib now.',
    close: 'Close',
    noCommunity: 'There is no community zone here.',
  },
}
