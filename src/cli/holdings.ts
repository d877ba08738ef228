import { holdingsAdd } from './holdings/add.ts'
import { holdingsList } from './holdings/list.ts'

export const commands = [holdingsList, holdingsAdd]
