import type { Query } from './query.ts'

/** CQL that `parseCql` reads as the same query. */
export function formatCql(query: Query): string {
  if (query.kind === 'clause') return `${query.index} ${query.relation} ${quoted(query.term)}`
  const right = formatCql(query.right)
  return `${formatCql(query.left)} ${query.kind} ${query.right.kind === 'clause' ? right : `(${right})`}`
}

const quoted = (term: string): string =>
  `"${term.replace(/\\[^]|"/g, (part) => (part === '"' ? '\\"' : part))}"`
