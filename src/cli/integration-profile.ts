import { integrationProfileApply } from './integration-profile/apply.ts'
import { integrationProfileList } from './integration-profile/list.ts'
import { integrationProfileSecret } from './integration-profile/secret.ts'
import { integrationProfileShow } from './integration-profile/show.ts'

export const commands = [
  integrationProfileList,
  integrationProfileShow,
  integrationProfileApply,
  integrationProfileSecret,
]
