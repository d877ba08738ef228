import type { QueryClient } from '@tanstack/react-query'
import {
  createRootRouteWithContext,
  createRoute,
  createRouter,
  lazyRouteComponent,
  notFound,
  parseSearchWith,
  stringifySearchWith,
} from '@tanstack/react-router'
import { isRuleCode } from '../rules/language/rule-code.ts'
import { type RuleKind, ruleKinds } from '../rules/language/rule.ts'
import {
  auditQuery,
  bibQuery,
  deletedBibQuery,
  type ExportFilter,
  exportQuery,
  exportsQuery,
  gatewayQuery,
  integrationProfilesQuery,
  invitationQuery,
  type IssueFilter,
  issueQuery,
  issuesQuery,
  jobQuery,
  jobRecordQuery,
  jobsQuery,
  matrixQuery,
  meQuery,
  peopleQuery,
  type JobFilter,
  type RecordFilter,
} from './api/queries.ts'
import { Refusal } from './api/request.ts'
import { profileQuery } from './api/profile-queries.ts'
import { allRulesQuery, ruleQuery, rulesQuery } from './api/rule-queries.ts'
import { collectionQuery } from './api/collection-queries.ts'
import { setQuery } from './api/set-queries.ts'
import { chosenBibSearch } from './screens/bib/bib-search.ts'
import { chosenCollectionSearch } from './screens/collection/collection-search.ts'
import { chosenLinkSearch } from './screens/link/link-search.ts'
import { chosenShareSearch } from './screens/share/share-search.ts'
import { readSearchState } from './screens/search/search-state.ts'
import { NotFound, ScreenFault, ScreenLoading } from './shell/screen-states.tsx'
import { Shell } from './shell/shell.tsx'
import { text } from './text.ts'
import { isOutcome } from './ui/outcome-order.ts'

/** Which part of a report stands below its counts. */
export type ReportTab = 'records' | 'files' | 'conflicts' | 'differences' | 'events'

const isReportTab = (tab: unknown): tab is ReportTab =>
  tab === 'records' || tab === 'files' || tab === 'conflicts' || tab === 'differences' || tab === 'events'

const root = createRootRouteWithContext<{ readonly client: QueryClient }>()({
  component: Shell,
  notFoundComponent: NotFound,
})

const monitor = createRoute({
  getParentRoute: () => root,
  path: '/',
  validateSearch: (search): JobFilter => chosen(search, ['zone', 'status']),
  loaderDeps: ({ search }) => search,
  loader: ({ context, deps }) => context.client.ensureInfiniteQueryData(jobsQuery(deps)),
  component: lazyRouteComponent(() => import('./screens/monitor/monitor-screen.tsx'), 'MonitorScreen'),
})

const search = createRoute({
  getParentRoute: () => root,
  path: '/search',
  validateSearch: readSearchState,
  component: lazyRouteComponent(() => import('./screens/search/search-screen.tsx'), 'SearchScreen'),
})

const sets = createRoute({
  getParentRoute: () => root,
  path: '/sets',
  validateSearch: (search): { readonly zone?: string } => chosen(search, ['zone']),
  component: lazyRouteComponent(() => import('./screens/sets/sets-screen.tsx'), 'SetsScreen'),
})

const set = createRoute({
  getParentRoute: () => root,
  path: '/zones/$zone/sets/$set',
  params: {
    parse: ({ zone, set }) => ({ zone, set: wholeNumber(set) }),
    stringify: ({ zone, set }) => ({ zone, set: String(set) }),
  },
  loader: ({ context, params }) => context.client.ensureQueryData(setQuery(params.zone, params.set)),
  component: lazyRouteComponent(() => import('./screens/sets/set-screen.tsx'), 'SetScreen'),
})

const runImport = createRoute({
  getParentRoute: () => root,
  path: '/import',
  validateSearch: (search): { readonly zone?: string; readonly profile?: string } =>
    chosen(search, ['zone', 'profile']),
  component: lazyRouteComponent(() => import('./screens/import/import-screen.tsx'), 'ImportScreen'),
})

const report = createRoute({
  getParentRoute: () => root,
  path: '/jobs/$job',
  params: { parse: ({ job }) => ({ job: wholeNumber(job) }), stringify: ({ job }) => ({ job: String(job) }) },
  validateSearch: (search): RecordFilter & { readonly tab?: ReportTab } => {
    const { tab } = search
    const filter: RecordFilter = chosen(search, ['outcome', 'code', 'repair'])
    return isReportTab(tab) ? { ...filter, tab } : filter
  },
  loader: ({ context, params }) => context.client.ensureQueryData(jobQuery(params.job)),
  component: lazyRouteComponent(() => import('./screens/report/report-screen.tsx'), 'ReportScreen'),
})

const record = createRoute({
  getParentRoute: () => root,
  path: '/jobs/$job/records/$file/$position',
  params: {
    parse: ({ job, file, position }) => ({
      job: wholeNumber(job),
      file: wholeNumber(file),
      position: wholeNumber(position),
    }),
    stringify: ({ job, file, position }) => ({
      job: String(job),
      file: String(file),
      position: String(position),
    }),
  },
  validateSearch: (search): RecordFilter => chosen(search, ['outcome', 'code', 'repair']),
  loader: ({ context, params: { job, file, position } }) =>
    Promise.all([
      context.client.ensureQueryData(jobQuery(job)),
      context.client.ensureQueryData(jobRecordQuery(job, file, position)),
    ]),
  component: lazyRouteComponent(() => import('./screens/record/record-screen.tsx'), 'RecordScreen'),
})

const bib = createRoute({
  getParentRoute: () => root,
  path: '/zones/$zone/bibs/$mmsId',
  validateSearch: chosenBibSearch,
  /** What there is to say of one that was deleted; nothing of one that is there. */
  loader: ({ context: { client }, params: { zone, mmsId } }) =>
    client.ensureQueryData(bibQuery(zone, mmsId)).then(
      () => null,
      (error: unknown) => {
        if (error instanceof Refusal && error.code === 'BIB_DELETED')
          return client.ensureQueryData(deletedBibQuery(zone, mmsId))
        throw error
      },
    ),
  component: lazyRouteComponent(() => import('./screens/bib/bib-or-deletion.tsx'), 'BibOrDeletion'),
})

const share = createRoute({
  getParentRoute: () => root,
  path: '/zones/$zone/bibs/$mmsId/share',
  validateSearch: chosenShareSearch,
  component: lazyRouteComponent(() => import('./screens/share/share-screen.tsx'), 'ShareScreen'),
})

const link = createRoute({
  getParentRoute: () => root,
  path: '/link',
  validateSearch: chosenLinkSearch,
  component: lazyRouteComponent(() => import('./screens/link/link-screen.tsx'), 'LinkScreen'),
})

const editBib = createRoute({
  getParentRoute: () => root,
  path: '/zones/$zone/bibs/$mmsId/edit',
  loader: ({ context, params: { zone, mmsId } }) =>
    context.client.fetchQuery({ ...bibQuery(zone, mmsId), staleTime: 0 }),
  component: lazyRouteComponent(() => import('./screens/editor/editor-screen.tsx'), 'EditorScreen'),
})

const chooseTemplate = createRoute({
  getParentRoute: () => root,
  path: '/new-bib',
  component: lazyRouteComponent(() => import('./screens/editor/new-bib-screen.tsx'), 'ChooseTemplateScreen'),
})

const newBib = createRoute({
  getParentRoute: () => root,
  path: '/zones/$zone/new-bib',
  /** `from`: the bib that it is a copy of. */
  validateSearch: (search): { readonly template?: string; readonly from?: string } =>
    chosen(search, ['template', 'from']),
  component: lazyRouteComponent(() => import('./screens/editor/new-bib-screen.tsx'), 'NewBibScreen'),
})

const issues = createRoute({
  getParentRoute: () => root,
  path: '/issues',
  validateSearch: chosenIssues,
  loaderDeps: ({ search }) => search,
  loader: ({ context, deps }) => context.client.ensureInfiniteQueryData(issuesQuery(deps)),
  component: lazyRouteComponent(() => import('./screens/issues/issues-screen.tsx'), 'IssuesScreen'),
})

const issue = createRoute({
  getParentRoute: () => root,
  path: '/issues/$id',
  params: { parse: ({ id }) => ({ id: wholeNumber(id) }), stringify: ({ id }) => ({ id: String(id) }) },
  validateSearch: chosenIssues,
  loader: ({ context, params }) => context.client.ensureQueryData(issueQuery(params.id)),
  component: lazyRouteComponent(() => import('./screens/issue/issue-screen.tsx'), 'IssueScreen'),
})

const gateway = createRoute({
  getParentRoute: () => root,
  path: '/gateway',
  validateSearch: chosenExports,
  loaderDeps: ({ search }) => search,
  loader: ({ context: { client }, deps }) =>
    Promise.all([
      client.ensureQueryData(gatewayQuery),
      client.ensureQueryData(integrationProfilesQuery),
      client.ensureInfiniteQueryData(exportsQuery(deps)),
    ]),
  component: lazyRouteComponent(() => import('./screens/gateway/gateway-screen.tsx'), 'GatewayScreen'),
})

const exported = createRoute({
  getParentRoute: () => root,
  path: '/gateway/exports/$id',
  params: { parse: ({ id }) => ({ id: wholeNumber(id) }), stringify: ({ id }) => ({ id: String(id) }) },
  validateSearch: chosenExports,
  loader: ({ context, params }) => context.client.ensureQueryData(exportQuery(params.id)),
  component: lazyRouteComponent(() => import('./screens/gateway/export-screen.tsx'), 'ExportScreen'),
})

const destination = createRoute({
  getParentRoute: () => root,
  path: '/gateway/zones/$zone',
  loader: ({ context }) => context.client.ensureQueryData(integrationProfilesQuery),
  component: lazyRouteComponent(
    () => import('./screens/gateway/destination-screen.tsx'),
    'DestinationScreen',
  ),
})

const welcome = createRoute({
  getParentRoute: () => root,
  path: '/welcome/$token',
  loader: ({ context, params }) => context.client.ensureQueryData(invitationQuery(params.token)),
  component: lazyRouteComponent(() => import('./screens/people/welcome-screen.tsx'), 'WelcomeScreen'),
})

const account = createRoute({
  getParentRoute: () => root,
  path: '/account',
  loader: ({ context }) => context.client.ensureQueryData(meQuery),
  component: lazyRouteComponent(() => import('./screens/account/account-screen.tsx'), 'AccountScreen'),
})

const people = createRoute({
  getParentRoute: () => root,
  path: '/people',
  validateSearch: ({ person }): { readonly person?: number } =>
    typeof person === 'number' && Number.isSafeInteger(person) && person > 0 ? { person } : {},
  loader: ({ context: { client } }) =>
    Promise.all([client.ensureQueryData(peopleQuery), client.ensureQueryData(matrixQuery)]),
  component: lazyRouteComponent(() => import('./screens/people/people-screen.tsx'), 'PeopleScreen'),
})

const audit = createRoute({
  getParentRoute: () => root,
  path: '/audit',
  loader: ({ context }) => context.client.ensureInfiniteQueryData(auditQuery),
  component: lazyRouteComponent(() => import('./screens/audit/audit-screen.tsx'), 'AuditScreen'),
})

const rules = createRoute({
  getParentRoute: () => root,
  path: '/rules',
  validateSearch: (search): { readonly zone?: string; readonly kind?: string } =>
    chosen(search, ['zone', 'kind']),
  loader: ({ context }) => context.client.ensureQueryData(allRulesQuery),
  component: lazyRouteComponent(() => import('./screens/rules/rules-screen.tsx'), 'RulesScreen'),
})

const rule = createRoute({
  getParentRoute: () => root,
  path: '/zones/$zone/rules/$kind/$code',
  params: {
    parse: ({ zone, kind, code }) => ({ zone, kind: kindOf(kind), code }),
    stringify: ({ zone, kind, code }) => ({ zone, kind, code }),
  },
  /** `from`: the rule that a new one begins with. */
  validateSearch: (search): { readonly from?: string } => chosen(search, ['from']),
  loader: ({ context, params: { zone, kind, code } }) =>
    context.client.ensureQueryData(ruleQuery(zone, kind, code)),
  component: lazyRouteComponent(() => import('./screens/rule/rule-screen.tsx'), 'RuleScreen'),
})

const simulate = createRoute({
  getParentRoute: () => root,
  path: '/simulate',
  validateSearch: chosenSimulation,
  component: lazyRouteComponent(() => import('./screens/simulate/simulate-screen.tsx'), 'SimulateScreen'),
})

const profiles = createRoute({
  getParentRoute: () => root,
  path: '/profiles',
  validateSearch: (search): { readonly zone?: string } => chosen(search, ['zone']),
  component: lazyRouteComponent(() => import('./screens/profiles/profiles-screen.tsx'), 'ProfilesScreen'),
})

const profile = createRoute({
  getParentRoute: () => root,
  path: '/zones/$zone/profiles/$code',
  /** `from`: the profile that a new one begins with. */
  validateSearch: (search): { readonly from?: string } => chosen(search, ['from']),
  loader: ({ context: { client }, params: { zone, code } }) =>
    Promise.all([client.ensureQueryData(profileQuery(zone, code)), client.ensureQueryData(rulesQuery(zone))]),
  component: lazyRouteComponent(() => import('./screens/profile/profile-screen.tsx'), 'ProfileScreen'),
})

const collections = createRoute({
  getParentRoute: () => root,
  path: '/collections',
  /** `of`: those of a zone, or those that something is activated of. */
  validateSearch: (search): { readonly of?: string } => chosen(search, ['of']),
  component: lazyRouteComponent(
    () => import('./screens/collections/collections-screen.tsx'),
    'CollectionsScreen',
  ),
})

const collection = createRoute({
  getParentRoute: () => root,
  path: '/zones/$zone/collections/$id',
  validateSearch: chosenCollectionSearch,
  loader: ({ context, params: { zone, id } }) => context.client.ensureQueryData(collectionQuery(zone, id)),
  component: lazyRouteComponent(
    () => import('./screens/collection/collection-screen.tsx'),
    'CollectionScreen',
  ),
})

const changes = createRoute({
  getParentRoute: () => root,
  path: '/collections/changes',
  validateSearch: ({ all }): { readonly all?: true } => (all === true ? { all } : {}),
  component: lazyRouteComponent(() => import('./screens/changes/changes-screen.tsx'), 'ChangesScreen'),
})

const routeTree = root.addChildren([
  monitor,
  search,
  sets,
  set,
  runImport,
  report,
  record,
  issues,
  issue,
  bib,
  share,
  link,
  editBib,
  chooseTemplate,
  newBib,
  gateway,
  exported,
  destination,
  welcome,
  account,
  people,
  audit,
  rules,
  rule,
  simulate,
  profiles,
  profile,
  collections,
  collection,
  changes,
])

export function makeRouter(client: QueryClient) {
  return createRouter({
    routeTree,
    context: { client },
    defaultPreload: 'intent',
    // The queries know how old is too old.
    defaultPreloadStaleTime: 0,
    defaultPendingMs: 250,
    defaultPendingMinMs: 200,
    defaultPendingComponent: ScreenLoading,
    defaultErrorComponent: ScreenFault,
    defaultNotFoundComponent: NotFound,
    scrollRestoration: true,
    // What no screen knows is taken out of the address, and reaches no query.
    search: { strict: true },
    parseSearch: parseSearchWith(readValue),
    stringifySearch: stringifySearchWith(JSON.stringify, readValue),
  })
}

/** A value of an address; the number of a record is more than a number can hold, and stays text. */
function readValue(written: string): unknown {
  const value: unknown = JSON.parse(written)
  if (typeof value === 'number' && String(value) !== written) throw new Error(`${written} is a text`)
  return value
}

declare module '@tanstack/react-router' {
  interface Register {
    router: ReturnType<typeof makeRouter>
  }

  interface HistoryState {
    /** The results that a record was opened from: the way back. */
    readonly resultsAt?: string
    /** What is added to the bib as soon as its page is there. */
    readonly adds?: 'holdings' | 'item' | 'portfolio' | undefined
    /** Where the pages of results before this one began; the first one with nothing. */
    readonly earlierPages?: readonly string[]
    /** Where the caret is in the text of a record that is opened in the editor. */
    readonly caret?: { readonly line: number; readonly at: number }
  }
}

const isZoneCode = (value: string) => /^[A-Za-z0-9_]{1,40}$/.test(value)
const isCode = (value: string) => /^[A-Z_0-9]{1,60}$/.test(value)

/** What the server would refuse is left out, as if it had not been asked for. */
const fits: Readonly<Record<string, (value: string) => boolean>> = {
  zone: isZoneCode,
  of: isZoneCode,
  status: (value) => Object.hasOwn(text.statuses, value),
  outcome: isOutcome,
  code: isCode,
  repair: isCode,
  from: isRuleCode,
  profile: isRuleCode,
  kind: (value) => ruleKinds.some((kind) => kind === value),
}

/** The named parts of the search that are text, and may be. */
function chosen<Name extends string>(
  search: Readonly<Record<string, unknown>>,
  names: readonly Name[],
): { readonly [name in Name]?: string } {
  const found: { [name in Name]?: string } = {}
  for (const name of names) {
    const value = search[name]
    if (typeof value === 'string' && value !== '' && fits[name]?.(value) !== false) found[name] = value
  }
  return found
}

function chosenIssues(search: Readonly<Record<string, unknown>>): IssueFilter {
  const { job, settled } = search
  return {
    ...chosen(search, ['zone', 'code']),
    ...(typeof job === 'number' && Number.isSafeInteger(job) && job > 0 ? { job } : {}),
    ...(settled === true ? { settled } : {}),
  }
}

type SimulationSearch = {
  readonly zone?: string
  readonly profile?: string
  /** By the profile as it is being changed. */
  readonly draft?: true
  /** The record of a job to begin with. */
  readonly job?: number
  readonly file?: number
  readonly position?: number
}

function chosenSimulation(search: Readonly<Record<string, unknown>>): SimulationSearch {
  const { job, file, position, draft } = search
  const isPlace = [job, file, position].every(
    (part) => typeof part === 'number' && Number.isSafeInteger(part),
  )
  return {
    ...chosen(search, ['zone', 'profile']),
    ...(draft === true ? { draft } : {}),
    ...(isPlace ? { job: Number(job), file: Number(file), position: Number(position) } : {}),
  }
}

function chosenExports(search: Readonly<Record<string, unknown>>): ExportFilter {
  const { imported } = search
  return { ...chosen(search, ['zone', 'sentBy']), ...(typeof imported === 'boolean' ? { imported } : {}) }
}

function kindOf(word: string): RuleKind {
  const kind = ruleKinds.find((one) => one === word)
  if (kind === undefined) throw notFound()
  return kind
}

/** What is no number is job 0, which no job is: the server says so in words. */
const wholeNumber = (written: string): number => (/^[0-9]{1,15}$/.test(written) ? Number(written) : 0)
