import { isProblemCode, validationRules } from '../../../rules/validation/validation-rules.ts'
import type { ToldFinding } from '../../editor/finding-lines.ts'
import type { Finding } from '../../editor/findings.ts'
import { text } from '../../text.ts'

/** A finding with what is wrong and what to do. */
export function toldOf(finding: Finding): ToldFinding {
  const { code, field } = finding
  if (!isProblemCode(code)) return { ...finding, ...text.editor.faults[code] }
  const { message, remedy } = validationRules[code]
  // The line says of which field it is, and the words mostly of which part.
  const needsPlace = field !== null && field.length > 3 && !message.includes(field)
  return { ...finding, message: needsPlace ? `${field}: ${message}` : message, remedy }
}
