import type { JobKind } from '../../../server/api/job.ts'

/** Whether jobs of a kind decide all and change nothing. */
export const isDry = (kind: JobKind): boolean => kind === 'preview' || kind === 'replay'
