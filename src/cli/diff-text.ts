import type { FieldDiff } from '../rules/diff.ts'
import { formatField } from '../rules/field-text.ts'
import { counted } from './columns.ts'
import { style } from './style.ts'

/** What differs, a field a line: `-` as it was, `+` as it is; what is the same is counted. */
export function diffLines(diff: readonly FieldDiff[]): string[] {
  const lines = diff.flatMap(({ change, before, after }) => [
    ...(change !== 'same' && before !== null ? [style.bad(`- ${formatField(before)}`)] : []),
    ...(change !== 'same' && after !== null ? [style.good(`+ ${formatField(after)}`)] : []),
  ])
  const same = diff.filter(({ change }) => change === 'same').length
  return [...lines, style.weak(`  ${counted(same, 'field')} the same`)]
}

/** The fields that differ, for `--json`: each as text, nothing where it is not there. */
export const diffJson = (diff: readonly FieldDiff[]) =>
  diff
    .filter(({ change }) => change !== 'same')
    .map(({ change, tag, before, after }) => ({
      change,
      tag,
      before: before && formatField(before),
      after: after && formatField(after),
    }))
