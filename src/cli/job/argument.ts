import type { Arguments } from '../command.ts'

export const jobArgument = {
  job: { type: 'number', shown: 'ID', meaning: 'number of the job' },
} as const satisfies Arguments
