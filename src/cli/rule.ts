import { ruleApply } from './rule/apply.ts'
import { ruleCheck } from './rule/check.ts'
import { ruleFormat } from './rule/format.ts'
import { ruleList } from './rule/list.ts'
import { ruleShow } from './rule/show.ts'
import { ruleTest } from './rule/test.ts'
import { ruleTry } from './rule/try.ts'

export const commands = [ruleList, ruleShow, ruleApply, ruleCheck, ruleTest, ruleTry, ruleFormat]
