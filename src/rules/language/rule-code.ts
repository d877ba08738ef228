/** Codes of rule files and import profiles, which also are names of files. */
export const isRuleCode = (text: string): boolean => /^[a-z0-9][a-z0-9._-]{0,62}$/.test(text)
