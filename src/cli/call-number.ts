import { callNumberApply } from './call-number/apply.ts'
import { callNumberShow } from './call-number/show.ts'

export const commands = [callNumberShow, callNumberApply]
