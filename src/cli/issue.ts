import { issueExport } from './issue/export.ts'
import { issueList } from './issue/list.ts'
import { issueResolve } from './issue/resolve.ts'
import { issueShow } from './issue/show.ts'

export const commands = [issueList, issueShow, issueResolve, issueExport]
