import type { Arguments } from '../command.ts'

export const issueArgument = {
  issue: { type: 'number', shown: 'ID', meaning: 'number of the issue' },
} as const satisfies Arguments
