import { profileApply } from './profile/apply.ts'
import { profileList } from './profile/list.ts'
import { profileShow } from './profile/show.ts'

export const commands = [profileList, profileShow, profileApply]
