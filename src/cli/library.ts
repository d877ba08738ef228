import { libraryAdd } from './library/add.ts'
import { libraryList } from './library/list.ts'

export const commands = [libraryList, libraryAdd]
