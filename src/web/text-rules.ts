import type { RuleKind } from '../rules/language/rule.ts'
import { counted } from './counted.ts'
import { formatCount } from './format.ts'

/*
 * Every word of the screens of rules, import profiles and simulations, which `text` has among its own.
 */

const kinds: Record<RuleKind, string> = {
  normalize: 'Normalisation',
  merge: 'Merge',
  indication: 'Indication',
  'brief-level': 'Brief level',
  exceptions: 'Exceptions',
}

const kindMeanings: Record<RuleKind, string> = {
  normalize: 'Corrects records before they are matched.',
  merge: 'Says which fields of a bib stay and which come from the incoming record.',
  indication: 'Says true or false of a record; as the filter of a profile, true leaves it out.',
  'brief-level': 'Says how full a record is, from 01 to 10; a zone has one for all of its profiles.',
  exceptions: 'Makes messages of validation errors, warnings or nothing.',
}

export const ruleCommands = {
  goProfiles: 'Go to Import profiles',
  goRules: 'Go to Rules',
  goSimulate: 'Go to Simulate',
  saveRule: 'Save the rule file',
  nextProblem: 'Next problem',
  ruleTests: 'Tests of the rule file',
  tryRule: 'Try the rule file on a record',
  backToRules: 'Back to the rules',
  saveProfile: 'Save the profile',
  nextFault: 'Next fault',
  simulateDraft: 'Simulate with this draft',
  importWith: 'Import with it',
  backToProfiles: 'Back to the profiles',
  simulate: 'Simulate',
}

export const rulePlaces = {
  rule: 'On a rule file',
  'import profile': 'On an import profile',
  simulation: 'On Simulate',
}

const states = { on: 'In use', off: 'Off', faulty: 'With errors' }

export const rulesText = {
  unsaved: {
    title: 'Leave without saving?',
    lead: 'What you have changed here is not saved, and is lost when you leave.',
    leave: 'Leave',
    stay: 'Stay here',
  },

  recordSource: {
    placeholder: '245 10 $a Emma / $c Jane Austen.',
    notations:
      'Lines as 245 10 $a Emma (‡ and | do, too), MarcEdit text, MARCXML, MARC-in-JSON or ISO 2709. The first record counts.',
    mmsId: 'Or a bib, by MMS ID',
    zone: 'of zone',
    take: 'Take the bib',
    file: 'From a file …',
    nothing: 'There is no record in it.',
    noField: (line: number, written: string) =>
      `Line ${line} is no field: ${written}. Write it as 245 10 $a Emma.`,
  },

  merge: {
    became: 'What',
    field: 'Field',
    why: 'Why, and by which line',
    decisions: { kept: 'kept', removed: 'removed', added: 'added', replaced: 'replaced', left: 'left out' },
  },

  rules: {
    title: 'Rules',
    list: 'Rule files, by kind and code',
    kinds,
    kindMeanings,
    add: 'New rule file …',
    filter: 'Filter by code, name or person',
    zone: 'Zone',
    allZones: 'All zones',
    onlyZone: (zone: string) => `Only ${zone}`,
    kind: 'Kind',
    anyKind: 'Any kind',
    shown: (count: number) => counted(count, 'rule', 'rules'),
    count: (shown: number, all: number) => `${formatCount(shown)} of ${counted(all, 'rule', 'rules')}`,
    columns: {
      code: 'Code',
      kind: 'Kind',
      name: 'Name',
      zone: 'Zone',
      version: 'Version',
      state: 'State',
      usedBy: 'Used by',
      changed: 'Changed',
      who: 'By',
    },
    states,
    shared: 'shared',
    shipped: 'built in',
    shippedMeaning: 'It is part of Accession: every zone may name it, and nobody changes it.',
    usedBy: (count: number) => (count === 0 ? '' : counted(count, 'profile', 'profiles')),
    noneFit: 'No rule fits this filter',
    clear: 'Clear the filter',
    fresh: {
      title: 'New rule file',
      kind: 'Kind',
      code: 'Code',
      codeHelp: 'Small letters, digits, hyphens, dots and underscores. Profiles name it so, and it stays.',
      badCode: 'A code has small letters, digits, hyphens, dots and underscores, a letter or digit first.',
      taken: (code: string, zone: string) => `${zone} has a rule file ${code} of this kind already.`,
      zone: 'Zone',
      zoneHelp: 'A rule file of the network can be shared with all its members.',
      begin: 'Write it',
      keep: 'Not now',
    },
  },

  rule: {
    back: 'All rules',
    fresh: 'new, not saved yet',
    beginFrom: 'Begin a rule file of your own with it …',
    states,
    version: 'Version',
    versionOf: (version: number) => `version ${formatCount(version)}`,
    changedBy: (by: string | null) => (by === null ? 'Changed' : `Changed by ${by}`),
    settings: 'Settings of the rule file',
    name: 'Name, for people',
    active: 'In use',
    activeMeaning: 'Profiles may run by it.',
    shared: 'Shared',
    sharedMeaning: 'Other zones of the network may use it.',
    sharedShort: 'shared',
    save: 'Save',
    saved: (version: number) => `Saved as version ${formatCount(version)}.`,
    nothingToSave: 'Nothing has been changed.',
    needsName: 'Give it a name.',
    hasErrors: 'The text has errors: correct them, or switch it off to save it as it is.',
    savedByOthers: (version: number, by: string | null) =>
      `${by ?? 'Somebody'} has saved version ${version} since you began. Saving makes yours the next one.`,
    takeTheirs: 'Take theirs, and drop mine',
    text: 'Text',
    textOf: (code: string) => `Text of ${code}`,
    problems: 'Problems',
    noProblems: 'There is no problem.',
    place: (line: number, column: number) => `line ${line}:${column}`,
    line: (line: number) => `line ${line}`,
    severities: { error: 'error', warning: 'warning' },
    found: ({ errors, warnings }: { readonly errors: number; readonly warnings: number }) =>
      errors + warnings === 0
        ? 'No problems.'
        : [
            ...(errors === 0 ? [] : [counted(errors, 'error', 'errors')]),
            ...(warnings === 0 ? [] : [counted(warnings, 'warning', 'warnings')]),
          ].join(', '),
    moreProblems: (count: number) => `and ${counted(count, 'more', 'more')}`,
    tooSlow: 'The rules were not done after five seconds: write fewer or simpler ones.',
    besides: 'Beside the text',
    tests: 'Tests',
    testsOf: (passed: number, all: number) => `${formatCount(passed)}/${formatCount(all)}`,
    noTests: 'The file has no tests. One is written as test "what it shows", given, expect, end.',
    testsNeedText: 'First the text must have no errors.',
    passed: 'passed',
    failed: 'failed',
    expectedAgainstGot: 'Expected (−) against what came (+):',
    diffOf: (name: string) => `What came of ${name}`,
    tryIt: 'Try it',
    record: 'Record',
    existing: 'Bib',
    incoming: 'Incoming record',
    whatItDoes: 'What it does',
    before: 'Before',
    after: 'After',
    altogether: 'Altogether',
    met: 'met',
    notMet: 'not met',
    changedNothing: 'changed nothing',
    changesOfLine: (line: number) => `Changes of line ${line}`,
    cannotBeCarriedOut: (why: string) => `It cannot be carried out on this record: ${why}.`,
    mergedFieldByField: 'The merge, field by field',
    indication: (value: boolean) => (value ? 'true' : 'false'),
    briefLevel: (level: number) => `Level ${level} of 10`,
    noRuleMet: 'no rule was met',
    nothingFound: 'Nothing is found wrong with it.',
    formatted: 'Formatted',
    formattedMeaning: 'The same in one form: so two files that do the same look the same.',
    useFormatted: 'Take this form',
    versions: 'Versions',
    when: 'When',
    by: 'By',
    state: 'State',
    compare: 'What it changed',
    show: 'Show',
    showVersion: (version: number) => `Show what version ${version} changed`,
    firstVersion: (version: number) => `Version ${version}, the first`,
    changesOfVersion: (older: number, newer: number) => `From version ${older} to ${newer}`,
    takeUp: (version: number) => `Put version ${version} back`,
    tookUp: (version: number) => `The text of version ${version} is back. Save to use it.`,
    sameText: 'The texts are the same.',
    usedBy: 'Used by',
    usedByCount: (count: number) => (count === 0 ? 'Used by nobody' : `Used by ${formatCount(count)}`),
    usedByNobody: 'Nobody runs by it.',
    usedForBriefLevels: 'the zone itself, for its brief levels',
    usedByGateway: 'the gateway, for records from Connexion',
    usedByProfile: (code: string) => `import profile ${code}`,
    profileOff: 'not active',
  },
} as const
