import { codeSentences } from '../../../rules/outcome.ts'
import { text } from '../../text.ts'

/** The sentence of an outcome's code; a code of a newer server stands for itself. */
export const sentenceOf = (code: string): string =>
  Object.hasOwn(codeSentences, code) ? codeSentences[code as keyof typeof codeSentences] : code

export const repairSentence = (code: string): string =>
  Object.hasOwn(text.repairSentences, code)
    ? text.repairSentences[code as keyof typeof text.repairSentences]
    : code
