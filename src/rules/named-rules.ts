import type { Filter, ImportProfile } from './import-profile.ts'
import type { RuleKind } from './language/rule.ts'

/** A rule that a profile names, and where it does: `path` as `normalize[2].rule`. */
export type NamedRule = { readonly kind: RuleKind; readonly code: string; readonly path: string }

/** Every rule that a profile names, shipped ones among them; the zone's brief-level rule is not the profile's. */
export function rulesNamedBy(profile: ImportProfile): NamedRule[] {
  const { normalize, filter, exceptions, onMatch, match, redirect } = profile
  const { combine } = match.multi
  const merge = (code: string, path: string): NamedRule => ({ kind: 'merge', code, path })
  return [
    ...normalize.flatMap((step, at): NamedRule[] =>
      step.do === 'rule' ? [{ kind: 'normalize', code: step.rule, path: `normalize[${at}].rule` }] : [],
    ),
    ...(filter === null ? [] : namedByFilter(filter, 'filter')),
    ...(exceptions === undefined
      ? []
      : [{ kind: 'exceptions' as const, code: exceptions, path: 'exceptions' }]),
    merge(onMatch.mergeRule, 'onMatch.mergeRule'),
    ...(combine ? [merge(combine.mergeRule, 'match.multi.combine.mergeRule')] : []),
    ...(redirect ? [merge(redirect.mergeRule, 'redirect.mergeRule')] : []),
  ]
}

function namedByFilter(filter: Filter, path: string): NamedRule[] {
  if ('rule' in filter) return [{ kind: 'indication', code: filter.rule, path: `${path}.rule` }]
  if ('any' in filter) return filter.any.flatMap((each, at) => namedByFilter(each, `${path}.any[${at}]`))
  if ('all' in filter) return filter.all.flatMap((each, at) => namedByFilter(each, `${path}.all[${at}]`))
  return 'not' in filter ? namedByFilter(filter.not, `${path}.not`) : []
}
