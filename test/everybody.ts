import { roleCodes } from '../src/people/roles.ts'
import type { SignIn } from '../src/server/context.ts'

/** Whoever comes in is somebody who may do everything, for tests of other things. */
export const everybody: SignIn = {
  by: 'persona',
  personas: [{ code: 'all', name: 'cataloguer', about: '', roles: { '*': roleCodes } }],
}
