/**
 * What a step did to one field, in the words of `formatField`: `- 029 …`, `+ 035 …`, the new form of a
 * changed field, `519 = 919 …` where its tag changed.
 */
export type FieldChange = {
  /** The step of the profile, of a rule file the code and the line of the action: `strip-local:14`. */
  readonly step: string
  readonly tag: string
  readonly field: string
}
