import { personAdd } from './person/add.ts'
import { personInvite } from './person/invite.ts'
import { personList } from './person/list.ts'
import { personReadmit, personSuspend } from './person/suspend.ts'
import { personRoles } from './person/roles.ts'

export const commands = [personList, personAdd, personInvite, personRoles, personSuspend, personReadmit]
