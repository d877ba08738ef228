/** The argument of the commands that are about one profile. */
export const profileArgument = { code: { type: 'text', shown: 'CODE', meaning: 'the profile' } } as const
