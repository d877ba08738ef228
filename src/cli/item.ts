import { itemAdd } from './item/add.ts'
import { itemList } from './item/list.ts'

export const commands = [itemList, itemAdd]
