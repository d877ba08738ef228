import { bibDelete, bibRestore, bibSave, bibTag } from './bib/edit.ts'
import { bibHistory } from './bib/history.ts'
import { bibImpact } from './bib/impact.ts'
import { bibLock } from './bib/lock.ts'
import { bibRelease } from './bib/release.ts'
import { bibShare, bibUnshare } from './bib/share-network.ts'
import { bibCopy, bibLink, bibUnlink } from './bib/share.ts'
import { bibShow } from './bib/show.ts'

export const commands = [
  bibShow,
  bibHistory,
  bibSave,
  bibTag,
  bibRestore,
  bibDelete,
  bibLock,
  bibRelease,
  bibLink,
  bibCopy,
  bibUnlink,
  bibShare,
  bibUnshare,
  bibImpact,
]
