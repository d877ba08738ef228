import { bibHistory } from './bib/history.ts'
import { bibLock } from './bib/lock.ts'
import { bibRelease } from './bib/release.ts'
import { bibShow } from './bib/show.ts'

export const commands = [bibShow, bibHistory, bibLock, bibRelease]
