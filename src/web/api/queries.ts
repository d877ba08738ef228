import { infiniteQueryOptions, keepPreviousData, queryOptions } from '@tanstack/react-query'
import type { Bib, BibVersionPage, DeletedBib } from '../../server/api/bib.ts'
import type { DemoFile } from '../../server/api/demo.ts'
import type { RecordExplanation } from '../../server/api/explanation.ts'
import type { Gateway, GatewayExportPage, WholeGatewayExport } from '../../server/api/gateway.ts'
import type { ConnexionSettings, IntegrationProfile } from '../../server/api/integration-profile.ts'
import type { IssuePage, WholeIssue } from '../../server/api/issue.ts'
import type { JobRecordPage, WholeJobRecord } from '../../server/api/job-record.ts'
import type { JobEvent, JobPage, JobReport, UndoConflictPage } from '../../server/api/job.ts'
import type {
  ApiKey,
  AuditPage,
  Invitation,
  Me,
  PermissionMatrix,
  Person,
  Why,
} from '../../server/api/people.ts'
import type { Profile } from '../../server/api/profile.ts'
import type { ReplayedRecordPage } from '../../server/api/replay.ts'
import type { Found } from '../../server/api/search.ts'
import type { Status } from '../../server/api/status.ts'
import { get } from './request.ts'

/** What the monitor shows: all jobs, or those of a zone, kind or status. */
export type JobFilter = { readonly zone?: string; readonly kind?: string; readonly status?: string }

/** Which records of a job: all, or those of an outcome, code or repair. */
export type RecordFilter = { readonly outcome?: string; readonly code?: string; readonly repair?: string }

export const statusQuery = queryOptions({
  queryKey: ['status'],
  queryFn: () => get<Status>('/api/status'),
  refetchInterval: 10_000,
})

export const meQuery = queryOptions({
  queryKey: ['me'],
  queryFn: () => get<Me>('/api/me'),
  staleTime: 60_000,
})

export const invitationQuery = (token: string) =>
  queryOptions({
    queryKey: ['invitation', token],
    queryFn: () => get<Invitation>(`/api/invitations/${encodeURIComponent(token)}`),
    staleTime: Number.POSITIVE_INFINITY,
  })

export const keysQuery = queryOptions({
  queryKey: ['me', 'keys'],
  queryFn: () => get<readonly ApiKey[]>('/api/me/keys'),
})

export const peopleQuery = queryOptions({
  queryKey: ['people'],
  queryFn: () => get<readonly Person[]>('/api/people'),
})

export const whyQuery = (person: number, permission: string, zone: string) =>
  queryOptions({
    queryKey: ['people', person, 'why', permission, zone],
    queryFn: () => get<Why>(`/api/people/${person}/why${query({ permission, zone })}`),
    enabled: zone !== '',
  })

export const matrixQuery = queryOptions({
  queryKey: ['permissions'],
  queryFn: () => get<PermissionMatrix>('/api/permissions'),
  staleTime: Number.POSITIVE_INFINITY,
})

export const auditQuery = infiniteQueryOptions({
  queryKey: ['audit'],
  queryFn: ({ pageParam }) => get<AuditPage>(`/api/audit${query({ before: pageParam, limit: '100' })}`),
  initialPageParam: undefined as string | undefined,
  getNextPageParam: (page) => page.next ?? undefined,
})

export const jobsQuery = (filter: JobFilter) =>
  infiniteQueryOptions({
    queryKey: ['jobs', filter],
    queryFn: ({ pageParam }) =>
      get<JobPage>(`/api/jobs${query({ ...filter, before: pageParam, limit: '100' })}`),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.next ?? undefined,
    placeholderData: keepPreviousData,
  })

export const jobQuery = (job: number) =>
  queryOptions({ queryKey: ['job', job], queryFn: () => get<JobReport>(`/api/jobs/${job}`) })

export const jobEventsQuery = (job: number) =>
  queryOptions({
    queryKey: ['job', job, 'events'],
    queryFn: () => get<readonly JobEvent[]>(`/api/jobs/${job}/events`),
  })

export const conflictsQuery = (job: number) =>
  infiniteQueryOptions({
    queryKey: ['job', job, 'conflicts'],
    queryFn: ({ pageParam }) =>
      get<UndoConflictPage>(`/api/jobs/${job}/conflicts${query({ after: pageParam, limit: '100' })}`),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.next ?? undefined,
  })

/** What a replay made otherwise than its job. */
export const differencesQuery = (job: number) =>
  infiniteQueryOptions({
    queryKey: ['job', job, 'differences'],
    queryFn: ({ pageParam }) =>
      get<ReplayedRecordPage>(`/api/jobs/${job}/differences${query({ after: pageParam, limit: '50' })}`),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.next ?? undefined,
  })

export const jobRecordsQuery = (job: number, filter: RecordFilter) =>
  infiniteQueryOptions({
    queryKey: ['job', job, 'records', filter],
    queryFn: ({ pageParam }) =>
      get<JobRecordPage>(`/api/jobs/${job}/records${query({ ...filter, after: pageParam, limit: '200' })}`),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.next ?? undefined,
    placeholderData: keepPreviousData,
  })

export const jobRecordQuery = (job: number, file: number, position: number) =>
  queryOptions({
    queryKey: ['job', job, 'record', file, position],
    queryFn: () => get<WholeJobRecord>(`/api/jobs/${job}/records/${file}/${position}`),
  })

/** How the outcome of a record came about, derived anew. */
export const explanationQuery = (job: number, file: number, position: number) =>
  queryOptions({
    queryKey: ['job', job, 'record', file, position, 'explanation'],
    queryFn: () => get<RecordExplanation>(`/api/jobs/${job}/records/${file}/${position}/explanation`),
    staleTime: Number.POSITIVE_INFINITY,
  })

/** Which issues: those of a zone, a job or a code, open or settled. */
export type IssueFilter = {
  readonly zone?: string
  readonly job?: number
  readonly code?: string
  readonly settled?: true
}

export const issuesQuery = ({ zone, job, code, settled }: IssueFilter) =>
  infiniteQueryOptions({
    queryKey: ['issues', { zone, job, code, settled }],
    queryFn: ({ pageParam }) =>
      get<IssuePage>(
        `/api/issues${query({ zone, job: job?.toString(), code, open: settled === true ? 'false' : 'true', after: pageParam, limit: '100' })}`,
      ),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.next ?? undefined,
    placeholderData: keepPreviousData,
  })

export const issueQuery = (id: number) =>
  queryOptions({ queryKey: ['issue', id], queryFn: () => get<WholeIssue>(`/api/issues/${id}`) })

/** Who is connected changes by the second, and tells nobody. */
const lookAgainMs = 2000

export const gatewayQuery = queryOptions({
  queryKey: ['gateway'],
  queryFn: () => get<Gateway>('/api/gateway'),
  refetchInterval: lookAgainMs,
})

/** Which exports: those of a zone or a person, imported or not. */
export type ExportFilter = { readonly zone?: string; readonly sentBy?: string; readonly imported?: boolean }

const exportsPath = ({ zone, sentBy, imported }: ExportFilter, page: string | undefined, limit: number) =>
  `/api/gateway/exports${query({ zone, sentBy, imported: imported?.toString(), before: page, limit: String(limit) })}`

export const exportsQuery = (filter: ExportFilter) =>
  infiniteQueryOptions({
    queryKey: ['exports', 'list', filter],
    queryFn: ({ pageParam }) => get<GatewayExportPage>(exportsPath(filter, pageParam, 100)),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.next ?? undefined,
    placeholderData: keepPreviousData,
  })

/** The newest export alone: where it is another, the list is fetched anew. */
export const newestExportQuery = (filter: ExportFilter) =>
  queryOptions({
    queryKey: ['exports', 'newest', filter],
    queryFn: () => get<GatewayExportPage>(exportsPath(filter, undefined, 1)),
    refetchInterval: lookAgainMs,
  })

export const exportQuery = (id: number) =>
  queryOptions({
    queryKey: ['exports', 'one', id],
    queryFn: () => get<WholeGatewayExport>(`/api/gateway/exports/${id}`),
  })

export const integrationProfilesQuery = queryOptions({
  queryKey: ['integration profiles'],
  queryFn: () => get<readonly IntegrationProfile[]>('/api/integration-profiles'),
})

/** Under the profile that they follow from. */
export const connexionSettingsQuery = (zone: string) =>
  queryOptions({
    queryKey: ['integration profiles', zone, 'settings'],
    queryFn: () =>
      get<ConnexionSettings>(`/api/zones/${encodeURIComponent(zone)}/integration-profile/settings`),
  })

export const demoSecretsQuery = queryOptions({
  queryKey: ['demo secrets'],
  queryFn: () => get<readonly string[]>('/api/demo/secrets'),
})

export const profilesQuery = (zone: string) =>
  queryOptions({
    queryKey: ['profiles', zone],
    queryFn: () => get<readonly Profile[]>(`/api/zones/${encodeURIComponent(zone)}/profiles`),
  })

export const demoFilesQuery = queryOptions({
  queryKey: ['demo files'],
  queryFn: () => get<readonly DemoFile[]>('/api/demo/files'),
  staleTime: Number.POSITIVE_INFINITY,
})

export const bibQuery = (zone: string, mmsId: string) =>
  queryOptions({
    queryKey: ['bib', zone, mmsId],
    queryFn: () => get<Bib>(`/api/zones/${encodeURIComponent(zone)}/bibs/${encodeURIComponent(mmsId)}`),
  })

export const deletedBibQuery = (zone: string, mmsId: string) =>
  queryOptions({
    queryKey: ['bib', zone, mmsId, 'deleted'],
    queryFn: () =>
      get<DeletedBib>(`/api/zones/${encodeURIComponent(zone)}/deleted-bibs/${encodeURIComponent(mmsId)}`),
  })

export const bibVersionsQuery = (zone: string, mmsId: string) =>
  infiniteQueryOptions({
    queryKey: ['bib', zone, mmsId, 'versions'],
    queryFn: ({ pageParam }) =>
      get<BibVersionPage>(
        `/api/zones/${encodeURIComponent(zone)}/bibs/${encodeURIComponent(mmsId)}/versions${query({ after: pageParam, limit: '20' })}`,
      ),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.next ?? undefined,
  })

export const searchQuery = (zone: string, q: string) =>
  queryOptions({
    queryKey: ['search', zone, q],
    queryFn: () => get<Found>(`/api/zones/${encodeURIComponent(zone)}/search${query({ q, limit: '6' })}`),
    staleTime: 10_000,
  })

/** `?a=b` of what is given, or nothing. */
export function query(parts: Readonly<Record<string, string | undefined>>): string {
  const search = new URLSearchParams()
  for (const [name, value] of Object.entries(parts)) if (value !== undefined) search.set(name, value)
  const written = search.toString()
  return written === '' ? '' : `?${written}`
}
