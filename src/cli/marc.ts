import { marcCheck } from './marc/check.ts'
import { marcConvert } from './marc/convert.ts'
import { marcDiff } from './marc/diff.ts'
import { marcRepair } from './marc/repair.ts'

export const commands = [marcCheck, marcConvert, marcRepair, marcDiff]
