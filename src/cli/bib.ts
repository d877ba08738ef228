import { bibHistory } from './bib/history.ts'
import { bibLock } from './bib/lock.ts'
import { bibRelease } from './bib/release.ts'
import { bibCopy, bibLink, bibUnlink } from './bib/share.ts'
import { bibShow } from './bib/show.ts'

export const commands = [bibShow, bibHistory, bibLock, bibRelease, bibLink, bibCopy, bibUnlink]
