import { zoneAdd } from './zone/add.ts'
import { zoneList } from './zone/list.ts'
import { zoneSet } from './zone/set.ts'
import { zoneShow } from './zone/show.ts'

export const commands = [zoneList, zoneShow, zoneAdd, zoneSet]
