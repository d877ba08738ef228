import { profileApply } from './profile/apply.ts'
import { profileDiff } from './profile/diff.ts'
import { profileList } from './profile/list.ts'
import { profileRestore } from './profile/restore.ts'
import { profileShow } from './profile/show.ts'
import { profileVersions } from './profile/versions.ts'

export const commands = [profileList, profileShow, profileVersions, profileDiff, profileApply, profileRestore]
