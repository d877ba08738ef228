import { queryOptions } from '@tanstack/react-query'
import type { RuleKind } from '../../rules/language/rule.ts'
import type { ListedRule, Rule, WholeRule } from '../../server/api/rule.ts'
import { query } from './queries.ts'
import { get, orNothing } from './request.ts'

export const rulePath = (zone: string, kind: RuleKind, code: string): string =>
  `/api/zones/${encodeURIComponent(zone)}/rules/${kind}/${encodeURIComponent(code)}`

/** The rule files of all zones, and what is built in. */
export const allRulesQuery = queryOptions({
  queryKey: ['rules'],
  queryFn: () => get<readonly ListedRule[]>('/api/rules'),
})

/** The rules that a zone's profiles may name, and those of its own that are off. */
export const rulesQuery = (zone: string) =>
  queryOptions({
    queryKey: ['rules', zone],
    queryFn: () => get<readonly Rule[]>(`/api/zones/${encodeURIComponent(zone)}/rules`),
  })

/** A rule file as it is; nothing where the zone has none of that code. */
export const ruleQuery = (zone: string, kind: RuleKind, code: string) =>
  queryOptions({
    queryKey: ['rules', zone, kind, code],
    queryFn: () => orNothing(get<WholeRule>(rulePath(zone, kind, code))),
  })

/** As it was in a version. */
export const ruleVersionQuery = (zone: string, kind: RuleKind, code: string, version: number) =>
  queryOptions({
    queryKey: ['rules', zone, kind, code, version],
    queryFn: () => get<WholeRule>(`${rulePath(zone, kind, code)}${query({ version: String(version) })}`),
    staleTime: Number.POSITIVE_INFINITY,
  })
