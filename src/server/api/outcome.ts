import { Type } from 'typebox'
import { codeSentences } from '../../rules/outcome.ts'
import { upperCodeOf } from './shape.ts'

export const Outcome = Type.Enum([
  'created',
  'merged',
  'overlaid',
  'unchanged',
  'deleted',
  'not_imported',
  'filtered',
  'unresolved',
  'rejected',
])

/** Of `docs/errors.md`. */
export const OutcomeCode = upperCodeOf(Object.keys(codeSentences).slice(0, 3))
