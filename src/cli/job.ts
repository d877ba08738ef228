import { jobCancel } from './job/cancel.ts'
import { jobCommit } from './job/commit.ts'
import { jobConflicts } from './job/conflicts.ts'
import { jobDifferences } from './job/differences.ts'
import { jobDiff } from './job/diff.ts'
import { jobEvents } from './job/events.ts'
import { jobLink } from './job/link.ts'
import { jobList } from './job/list.ts'
import { jobRecords } from './job/records.ts'
import { jobReplay } from './job/replay.ts'
import { jobResume } from './job/resume.ts'
import { jobShow } from './job/show.ts'
import { jobUndo } from './job/undo.ts'

export const commands = [
  jobList,
  jobShow,
  jobEvents,
  jobRecords,
  jobDiff,
  jobCommit,
  jobCancel,
  jobResume,
  jobUndo,
  jobConflicts,
  jobLink,
  jobReplay,
  jobDifferences,
]
