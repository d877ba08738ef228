import { codeRemedies, codeSentences } from '../../rules/outcome.ts'
import type { AnswerBib, AnswerZone, GatewayAnswer, GatewayFailure, Imported, LockHolder } from './answer.ts'

/** The words of the guide: cataloguers know failures by them. */
const guideSentences = {
  LOGON_FAILED: 'Logon Failed--the Logon ID and/or password is/are not valid',
  NO_INTEGRATION_PROFILE: (zone: string) => `No integration profile found for institution ${zone}`,
  MULTI_MATCH: 'Multi matches found for this record.',
  SUCCESS: 'The record has been processed successfully.',
} as const

/** The reply as it goes out: UTF-8, and one NUL at its end. */
export const encodeReply = (answer: GatewayAnswer): Uint8Array =>
  new TextEncoder().encode(`${formatReply(answer)}\0`)

/**
 * What the cataloguer reads in the window "OCLC Gateway Export Status": plain text, the outcome or the
 * reason first, then what is needed to go on. It holds no control character but the line end.
 */
export const formatReply = (answer: GatewayAnswer): string =>
  (answer.kind === 'imported' ? formatImported(answer) : formatFailure(answer))
    .flatMap((line) => (line ? [plain(line)] : []))
    .join('\n')

type Lines = readonly (string | null)[]

const outcomeWords = {
  created: 'Added to',
  merged: 'Updated (merged) in',
  overlaid: 'Updated (overlaid) in',
  unchanged: 'Unchanged in',
} as const

const markSentences = {
  suppressed: 'Still suppressed: the public does not see this bib.',
  'not-published': 'Still not published: this bib is kept out of what is published.',
} as const

function formatImported(answer: Imported): Lines {
  const { outcome, zone, mmsId, linked, title, oclcNumber, marks, replayed } = answer
  return [
    `${outcomeWords[outcome]} ${inZone(zone)}`,
    `MMS ID: ${mmsId}`,
    linked && `Linked in ${inZone(linked.zone)}: ${linked.mmsId}`,
    `Title: ${titleOf(title)}`,
    oclcNumber && `OCLC number: ${oclcNumber}`,
    formatDecision(answer),
    ...marks.map((mark) => markSentences[mark]),
    replayed ? 'This record came before; nothing was done a second time.' : null,
    guideSentences.SUCCESS,
  ]
}

const formatFailure = (failure: GatewayFailure): Lines => {
  const [reason, ...rest] = failureLines(failure)
  return [`Import Failed: ${reason}`, ...rest]
}

const sendAgain = 'Nothing needs to be typed again: send the record again.'

/** The reason, in the guide's words where it has them, then the particulars, then what to do. */
function failureLines(failure: GatewayFailure): Lines {
  switch (failure.code) {
    case 'LOGON_FAILED':
    case 'ADDRESS_NOT_ALLOWED':
      return [
        guideSentences.LOGON_FAILED,
        'Compare Logon ID and Password with the settings that your library was given; capitals count. Where they look right, delete the gateway export and make it again.',
      ]
    case 'TOO_MANY_FAILURES':
      return [
        'Too many failed logons',
        `Correct the settings, wait ${seconds(failure.waitSeconds)}, and send the record again.`,
      ]
    case 'NO_INTEGRATION_PROFILE':
      return [
        guideSentences.NO_INTEGRATION_PROFILE(failure.zone.code),
        `${failure.zone.name} has no active integration profile for Connexion. Ask your administrator to add or activate it.`,
      ]
    case 'BAD_REQUEST':
      return [
        'The record could not be read',
        failure.why,
        'Nothing was imported. Check that the destination is an OCLC Gateway Export of MARC 21 records.',
      ]
    case 'LENGTH_MISMATCH':
      return [
        'record length mismatch',
        `The record says that it has ${failure.declared} bytes, ${failure.received === null ? 'and does not end there' : `and ends after ${failure.received}`}.`,
        'Nothing was imported. Send the record again; if that does not help, export it to a file and import that.',
      ]
    case 'TOO_LARGE':
      return [
        'The record is too large',
        `One record, with its logon, may have ${failure.limit} bytes. Export it to a file and import that.`,
      ]
    case 'TOO_MANY_CONNECTIONS':
      return [
        'Too many connections are open',
        'Close those that are not needed, wait a minute, and send the record again.',
      ]
    case 'TIMED_OUT':
      return failure.during === 'sending'
        ? [
            'The record did not arrive in time',
            `It was not complete after ${seconds(failure.seconds)}. Nothing was imported; send it again.`,
          ]
        : [
            'The import took too long',
            `It had not ended after ${seconds(failure.seconds)}. Send the record again: if it was imported all the same, you get its MMS ID, and nothing is done twice.`,
          ]
    case 'DATABASE_AWAY':
      return ['The catalogue cannot be reached just now', sendAgain]
    case 'UNEXPECTED':
      return ['An unexpected error', `Report it with this reference: ${failure.reference}`, sendAgain]
    case 'MULTI_MATCH':
      return [
        guideSentences.MULTI_MATCH,
        ...facts(failure),
        ...failure.matches.map(
          ({ keys, ...bib }) => `Match: ${formatBib(bib)}${keys.length > 0 ? ` (${keys.join(', ')})` : ''}`,
        ),
        failure.capped ? 'More bibs match than are listed here.' : null,
        ...remedy(
          failure.issue,
          'Merge them where they are the same title, then send the record again; or choose the right one in the issue.',
        ),
      ]
    case 'NOT_ADDED_BRIEF':
      return [
        ...notAdded(failure),
        `Brief level: ${failure.existingLevel} of the existing bib, ${failure.incomingLevel} of the record sent`,
        ...remedy(failure.issue, codeRemedies.NOT_ADDED_BRIEF),
      ]
    case 'NOT_ADDED_LOCKED':
      return [
        ...notAdded(failure),
        ...formatLock(failure.lock),
        ...remedy(
          failure.issue,
          failure.lock.own
            ? 'Release the bib in your metadata editor, then send the record again.'
            : 'Ask the holder to release the bib, or wait, then send the record again.',
        ),
      ]
    case 'NOT_ADDED_OLD':
      return [
        ...notAdded(failure),
        `Version (005): ${failure.existing005} of the existing bib, ${failure.incoming005} of the record sent`,
        ...remedy(failure.issue, codeRemedies.NOT_ADDED_OLD),
      ]
    case 'NOT_ADDED_LINKED':
      return [
        ...notAdded(failure),
        `Linked to the network bib ${failure.linkedTo}`,
        ...remedy(failure.issue, codeRemedies.NOT_ADDED_LINKED),
      ]
    case 'NOT_ADDED_CZ':
      return [...notAdded(failure), ...remedy(failure.issue, codeRemedies.NOT_ADDED_CZ)]
    default:
      return [
        failure.code,
        codeSentences[failure.code],
        ...facts(failure),
        failure.existing && `Existing bib: ${formatBib(failure.existing)}`,
        ...failure.details,
        ...remedy(failure.issue, codeRemedies[failure.code]),
      ]
  }
}

type Existing = Extract<
  GatewayFailure,
  {
    readonly code:
      | 'NOT_ADDED_CZ'
      | 'NOT_ADDED_BRIEF'
      | 'NOT_ADDED_LOCKED'
      | 'NOT_ADDED_OLD'
      | 'NOT_ADDED_LINKED'
  }
>

const notAdded = (failure: Existing): Lines => [
  failure.code,
  codeSentences[failure.code],
  ...facts(failure),
  `Existing bib: ${formatBib(failure.existing)}`,
]

type Read = Extract<GatewayFailure, { readonly decision: unknown }>

const facts = (failure: Read): Lines => [
  `Zone: ${inZone(failure.zone)}`,
  `Record sent: ${titleOf(failure.title)}${failure.oclcNumber === null ? '' : `, OCLC number ${failure.oclcNumber}`}`,
  formatDecision(failure),
]

const remedy = (issue: number | null, words: string): Lines => [
  issue === null ? null : `The record is kept as issue ${issue}; it need not be exported again.`,
  `What to do: ${words}`,
]

const formatLock = ({ holder, zone, since, until, own }: LockHolder): Lines => [
  own
    ? `Locked by yourself since ${time(since)}`
    : `Locked by ${holder}${zone ? ` of ${inZone(zone)}` : ''} since ${time(since)}`,
  `The lock ends by itself at ${time(until)}, unless its holder goes on working.`,
]

function formatDecision({ decision }: Imported | Read): string | null {
  const { method, step, keys, rule } = decision
  const parts = [
    method && `match method ${method}`,
    step && `step ${step}`,
    keys.length > 0 ? `keys ${keys.join(', ')}` : null,
    rule && `merge rule ${rule}`,
  ].filter((part) => part !== null && part !== '')
  return parts.length === 0 ? null : `Decided by: ${parts.join('; ')}`
}

const inZone = ({ code, name }: AnswerZone) => (name === '' || name === code ? code : `${name} (${code})`)

const formatBib = ({ mmsId, title }: AnswerBib) => `${mmsId} ${titleOf(title)}`

const titleOf = (title: string) => (title === '' ? '(no title)' : title)

const seconds = (count: number) => (count === 1 ? '1 second' : `${count} seconds`)

const time = (date: Date) => `${date.toISOString().slice(0, 16).replace('T', ' ')} UTC`

/** Text of records can hold anything; one with a NUL would end the reply. Direction marks would let a title change what stands beside it. */
const plain = (line: string) =>
  line
    .replace(/[\p{Cc}\u2028\u2029\u202a-\u202e\u2066-\u2069]+/gu, ' ')
    .slice(0, 1000)
    .toWellFormed()
