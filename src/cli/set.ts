import { setCreate } from './set/create.ts'
import { setDelete } from './set/delete.ts'
import { setList } from './set/list.ts'
import { setMembers } from './set/members.ts'

export const commands = [setList, setCreate, setMembers, setDelete]
