import type { SettingChange } from '../../rules/settings.ts'
import { style } from '../style.ts'

/** A change of a setting, as the lines that go and that come. */
export const changeLines = ({ path, before, after }: SettingChange): string[] => [
  ...(before === null ? [] : [style.bad(`- ${path}: ${before}`)]),
  ...(after === null ? [] : [style.good(`+ ${path}: ${after}`)]),
]
