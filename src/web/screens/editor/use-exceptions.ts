import { useQuery } from '@tanstack/react-query'
import { useMemo } from 'react'
import { parseRuleFile } from '../../../rules/language/parse-rule-file.ts'
import { shippedEditorProfile } from '../../../rules/profiles.ts'
import { shippedExceptionLines } from '../../../rules/validation/exceptions.ts'
import { profileQuery } from '../../api/profile-queries.ts'
import { profilesQuery } from '../../api/queries.ts'
import { ruleQuery, rulesQuery } from '../../api/rule-queries.ts'
import type { Exceptions } from '../../editor/findings.ts'

/** The code of the profile by which a zone's bibs are saved, and of the exceptions where it has none. */
const editor = 'editor'

/** By what the zone holds its bibs when they are saved; the shipped exceptions until its own are known. */
export function useExceptions(zone: string): Exceptions {
  const { data: profiles } = useQuery(profilesQuery(zone))
  const hasOwn = profiles?.some(({ code }) => code === editor) === true
  const { data: whole } = useQuery({ ...profileQuery(zone, editor), enabled: hasOwn })
  const code = whole?.profile.exceptions ?? (hasOwn ? 'import' : editor)
  const shipped = shippedExceptionLines(code)
  const { data: rules } = useQuery({ ...rulesQuery(zone), enabled: shipped === null })
  const owner = rules?.find((rule) => rule.kind === 'exceptions' && rule.code === code)?.zone ?? zone
  const { data: rule } = useQuery({
    ...ruleQuery(owner, 'exceptions', code),
    enabled: shipped === null && rules !== undefined,
  })
  const text = rule?.text
  const inline = whole?.profile.validate
  const steps = whole?.profile.normalize ?? shippedEditorProfile.normalize
  const leavesOutEmpty = steps.some((step) => step.do === 'remove-empty-subfields')
  return useMemo((): Exceptions => {
    const own = text === undefined ? null : parseRuleFile('exceptions', text).file?.rules
    return { lines: shipped ?? own ?? [], inline: inline ?? {}, leavesOutEmpty }
  }, [shipped, text, inline, leavesOutEmpty])
}
