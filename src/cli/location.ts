import { locationAdd } from './location/add.ts'

export const commands = [locationAdd]
