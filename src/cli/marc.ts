import { marcCheck } from './marc/check.ts'
import { marcConvert } from './marc/convert.ts'
import { marcDiff } from './marc/diff.ts'
import { marcRepair } from './marc/repair.ts'
import { marcValidate } from './marc/validate.ts'

export const commands = [marcCheck, marcValidate, marcConvert, marcRepair, marcDiff]
