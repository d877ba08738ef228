/*
 * Every key of the product, once: what listens, the palette and the key sheet all read this table.
 * Two keys with a blank between them are pressed one after the other.
 */

export type KeyPlace =
  | 'anywhere'
  | 'list'
  | 'jobs'
  | 'import'
  | 'report'
  | 'record'
  | 'issue'
  | 'export'
  | 'destination'
  | 'rule'
  | 'import profile'
  | 'simulation'
  | 'bib'
  | 'search'
  | 'set'
  | 'share'
  | 'link'
  | 'collection'
  | 'changes'
  | 'editor'

type Row = { readonly keys: readonly string[]; readonly place: KeyPlace }

export const keyTable = {
  palette: { keys: ['Ctrl+K'], place: 'anywhere' },
  keySheet: { keys: ['?'], place: 'anywhere' },
  goMonitor: { keys: ['g m'], place: 'anywhere' },
  goImport: { keys: ['g i'], place: 'anywhere' },
  goIssues: { keys: ['g r'], place: 'anywhere' },
  goGateway: { keys: ['g c'], place: 'anywhere' },
  goProfiles: { keys: ['g p'], place: 'anywhere' },
  goRules: { keys: ['g u'], place: 'anywhere' },
  goSearch: { keys: ['g s'], place: 'anywhere' },
  goSets: { keys: ['g l'], place: 'anywhere' },
  goLink: { keys: ['g k'], place: 'anywhere' },
  goSimulate: { keys: ['g t'], place: 'anywhere' },
  goCollections: { keys: ['g e'], place: 'anywhere' },
  goNewBib: { keys: ['g n'], place: 'anywhere' },
  filter: { keys: ['/'], place: 'anywhere' },

  nextRow: { keys: ['ArrowDown', 'j'], place: 'list' },
  previousRow: { keys: ['ArrowUp', 'k'], place: 'list' },
  nextScreenful: { keys: ['PageDown'], place: 'list' },
  previousScreenful: { keys: ['PageUp'], place: 'list' },
  firstRow: { keys: ['Home'], place: 'list' },
  lastRow: { keys: ['End'], place: 'list' },
  openRow: { keys: ['Enter'], place: 'list' },

  jobRecords: { keys: ['r'], place: 'jobs' },
  jobFiles: { keys: ['v'], place: 'jobs' },
  jobEvents: { keys: ['n'], place: 'jobs' },

  submit: { keys: ['Ctrl+Enter'], place: 'import' },

  commit: { keys: ['Ctrl+Enter'], place: 'report' },
  cancelJob: { keys: ['Alt+C'], place: 'report' },
  resumeJob: { keys: ['Alt+R'], place: 'report' },
  undoJob: { keys: ['Alt+U'], place: 'report' },
  replayJob: { keys: ['Alt+P'], place: 'report' },

  previousRecord: { keys: ['['], place: 'record' },
  nextRecord: { keys: [']'], place: 'record' },
  allFields: { keys: ['u'], place: 'record' },
  backToReport: { keys: ['b'], place: 'record' },
  wholeExplanation: { keys: ['e'], place: 'record' },

  mergeIssue: { keys: ['m'], place: 'issue' },
  overlayIssue: { keys: ['o'], place: 'issue' },
  createIssue: { keys: ['c'], place: 'issue' },
  combineIssue: { keys: ['a'], place: 'issue' },
  discardIssue: { keys: ['x'], place: 'issue' },
  nextCandidate: { keys: ['n'], place: 'issue' },
  previousIssue: { keys: ['['], place: 'issue' },
  nextIssue: { keys: [']'], place: 'issue' },
  backToIssues: { keys: ['b'], place: 'issue' },

  previousExport: { keys: ['['], place: 'export' },
  nextExport: { keys: [']'], place: 'export' },
  backToExports: { keys: ['b'], place: 'export' },

  saveDestination: { keys: ['Ctrl+Enter'], place: 'destination' },
  newSecret: { keys: ['Alt+N'], place: 'destination' },
  testDestination: { keys: ['Alt+T'], place: 'destination' },
  backToGateway: { keys: ['b'], place: 'destination' },

  saveRule: { keys: ['Ctrl+Enter'], place: 'rule' },
  nextProblem: { keys: ['F8'], place: 'rule' },
  ruleTests: { keys: ['Alt+T'], place: 'rule' },
  tryRule: { keys: ['Alt+Y'], place: 'rule' },
  backToRules: { keys: ['b'], place: 'rule' },

  saveProfile: { keys: ['Ctrl+Enter'], place: 'import profile' },
  nextFault: { keys: ['F8'], place: 'import profile' },
  simulateDraft: { keys: ['Alt+S'], place: 'import profile' },
  importWith: { keys: ['Alt+I'], place: 'import profile' },
  backToProfiles: { keys: ['b'], place: 'import profile' },

  simulate: { keys: ['Ctrl+Enter'], place: 'simulation' },

  editBib: { keys: ['e'], place: 'bib' },
  setTags: { keys: ['t'], place: 'bib' },
  copyMmsId: { keys: ['y m'], place: 'bib' },
  copyOclc: { keys: ['y o'], place: 'bib' },
  copyIsbn: { keys: ['y i'], place: 'bib' },
  nextView: { keys: ['v'], place: 'bib' },
  olderVersion: { keys: ['['], place: 'bib' },
  newerVersion: { keys: [']'], place: 'bib' },
  compareVersions: { keys: ['d'], place: 'bib' },
  restoreVersion: { keys: ['R'], place: 'bib' },
  backToResults: { keys: ['b'], place: 'bib' },
  addHoldings: { keys: ['Ctrl+Alt+H'], place: 'bib' },
  addItem: { keys: ['Alt+I'], place: 'bib' },
  addPortfolio: { keys: ['Alt+P'], place: 'bib' },
  findPortfolio: { keys: ['Alt+Z'], place: 'bib' },
  shareBib: { keys: ['s'], place: 'bib' },
  copyBib: { keys: ['c'], place: 'bib' },
  linkBib: { keys: ['l'], place: 'bib' },
  unlinkBib: { keys: ['U'], place: 'bib' },
  undoShare: { keys: ['Alt+U'], place: 'bib' },

  nextWay: { keys: ['n'], place: 'share' },
  shareNow: { keys: ['Ctrl+Enter'], place: 'share' },

  submitLink: { keys: ['Ctrl+Enter'], place: 'link' },

  searchInstitution: { keys: ['Ctrl+1'], place: 'search' },
  searchNetwork: { keys: ['Ctrl+2'], place: 'search' },
  searchCommunity: { keys: ['Ctrl+3'], place: 'search' },
  advancedSearch: { keys: ['a'], place: 'search' },
  facets: { keys: ['f'], place: 'search' },
  previewRow: { keys: ['o'], place: 'search' },
  editRow: { keys: ['e'], place: 'search' },
  copyToCatalogue: { keys: ['c'], place: 'search' },
  linkToCatalogue: { keys: ['l'], place: 'search' },
  rowMenu: { keys: ['m'], place: 'search' },
  heldBy: { keys: ['h'], place: 'search' },
  selectRow: { keys: ['x'], place: 'search' },
  selectPage: { keys: ['X'], place: 'search' },
  addToSet: { keys: ['s'], place: 'search' },
  nextPage: { keys: ['n'], place: 'search' },
  previousPage: { keys: ['p'], place: 'search' },

  removeFromSet: { keys: ['d'], place: 'set' },
  backToSets: { keys: ['b'], place: 'set' },

  chooseTitle: { keys: ['x'], place: 'collection' },
  activateTitles: { keys: ['Alt+A'], place: 'collection' },
  deactivateTitles: { keys: ['Alt+X'], place: 'collection' },
  loadTitles: { keys: ['Ctrl+Enter'], place: 'collection' },
  backToCollections: { keys: ['b'], place: 'collection' },

  acknowledge: { keys: ['a'], place: 'changes' },
  acknowledgeAll: { keys: ['Alt+A'], place: 'changes' },

  saveBib: { keys: ['Ctrl+S'], place: 'editor' },
  saveAndRelease: { keys: ['Ctrl+Alt+R'], place: 'editor' },
  releaseBib: { keys: ['Alt+Shift+R'], place: 'editor' },
  newField: { keys: ['F8'], place: 'editor' },
  newSubfield: { keys: ['F9'], place: 'editor' },
  deleteField: { keys: ['Ctrl+F6'], place: 'editor' },
  deleteSubfield: { keys: ['Ctrl+D'], place: 'editor' },
  moveFieldUp: { keys: ['Alt+ArrowUp'], place: 'editor' },
  moveFieldDown: { keys: ['Alt+ArrowDown'], place: 'editor' },
  duplicateField: { keys: ['Alt+Shift+ArrowDown'], place: 'editor' },
  orderFields: { keys: ['Alt+O'], place: 'editor' },
  nextPart: { keys: ['Tab'], place: 'editor' },
  previousPart: { keys: ['Shift+Tab'], place: 'editor' },
  chooseHere: { keys: ['Ctrl+Space'], place: 'editor' },
  undoTyping: { keys: ['Ctrl+Z'], place: 'editor' },
  redoTyping: { keys: ['Ctrl+Y'], place: 'editor' },
  leaveText: { keys: ['Escape Tab'], place: 'editor' },
  nextFinding: { keys: ['Ctrl+F8'], place: 'editor' },
  toText: { keys: ['Alt+T'], place: 'editor' },
  toTags: { keys: ['Alt+M'], place: 'editor' },
  showChanges: { keys: ['Alt+C'], place: 'editor' },
} as const satisfies Record<string, Row>

export type KeyedCommand = keyof typeof keyTable

export const keysOf = (command: string): readonly string[] =>
  Object.hasOwn(keyTable, command) ? keyTable[command as KeyedCommand].keys : []
