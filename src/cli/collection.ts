import { collectionActivate } from './collection/activate.ts'
import { collectionDeactivate } from './collection/deactivate.ts'
import { collectionAdd } from './collection/add.ts'
import { collectionList } from './collection/list.ts'
import { collectionLoad } from './collection/load.ts'
import { collectionShow } from './collection/show.ts'

export const commands = [
  collectionList,
  collectionShow,
  collectionAdd,
  collectionLoad,
  collectionActivate,
  collectionDeactivate,
]
