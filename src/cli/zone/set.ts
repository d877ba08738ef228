import { setProtectedFields } from '../../catalog/set-protected.ts'
import { protectedFields } from '../../catalog/protected-fields.ts'
import type { Zone } from '../../catalog/zone.ts'
import type { Database } from '../../db/database.ts'
import { setBriefRule } from '../../import/brief-rule.ts'
import { setShareProfile, shareProfileCode } from '../../import/link-settings.ts'
import { parseProtectPattern } from '../../rules/merge/protect.ts'
import { shippedBriefRule } from '../../rules/shipped-rules.ts'
import { dataOption, withCatalogue } from '../catalogue.ts'
import { chooseZone } from '../choose.ts'
import { command } from '../command.ts'
import { exitCodes } from '../exit-code.ts'
import { CommandFailure, UsageFailure } from '../failure.ts'

export const zoneSet = command(
  {
    name: 'zone set',
    summary:
      'Sets which rule gives the bibs of a zone their brief levels, what imports keep of them, and how bibs are shared with it.',
    about: [
      'The rule is a rule file of the kind brief-level that the zone has or may use, or the built-in encoding-and-content. Records that come in, and the bibs that they meet, are levelled by it from now on; the level that a bib is shown with is that of its last save.',
      'A list has commas between its parts, as in --protect "09X, 59X, 9XX, 856 $5, $9 LOCAL" and --members "OCLC1, DLC"; it takes the place of the one that there was. Fields with $9 LOCAL, and 035s that are not OCLC’s, are kept in any case.',
      'By the match methods and the merge rule of the share profile, one of a network zone, institutions share their bibs with the network. It is repository where none is set.',
    ],
    arguments: { code: { type: 'text', shown: 'CODE', meaning: 'the zone' } },
    options: {
      'brief-rule': { type: 'text', shown: 'RULE', meaning: 'code of the rule' },
      protect: { type: 'text', shown: 'FIELDS', meaning: 'the fields that imports keep' },
      members: {
        type: 'text',
        shown: 'CODES',
        meaning: 'whose $5 makes a field theirs; by default the codes of the network’s institutions',
      },
      'share-profile': { type: 'text', shown: 'PROFILE', meaning: 'code of the profile, of a network' },
      json: { type: 'flag', meaning: 'print JSON' },
      data: dataOption,
    },
    json: 'one object { code, brief_rule, protect, members, share_profile }; share_profile is null but for networks',
  },
  ({ code, 'brief-rule': briefRule, protect, members, 'share-profile': shareProfile, json, data }, io) => {
    if ([briefRule, protect, members, shareProfile].every((given) => given === undefined))
      throw new UsageFailure(
        'Nothing is said that is to be set.',
        'accession zone set CODE --brief-rule RULE',
      )
    const fields = protect === undefined ? undefined : patternsOf(protect)
    return withCatalogue(data, io, async ({ db }) => {
      const zone = await chooseZone(db, code)
      if (fields !== undefined || members !== undefined)
        await setProtectedFields(db, zone, {
          ...(fields === undefined ? {} : { fields }),
          ...(members === undefined ? {} : { members: partsOf(members) }),
        })
      if (briefRule !== undefined) await setBriefRule(db, zone, briefRule)
      if (shareProfile !== undefined) await setShareProfile(db, zone, shareProfile)
      const now = await stateOf(db, await chooseZone(db, code))
      if (json) await io.json({ code, ...now })
      else {
        if (briefRule !== undefined) await io.line(`Zone ${code} has its brief levels by ${briefRule}.`)
        if (protect !== undefined) await io.line(`Imports keep ${now.protect.join(', ')} in zone ${code}.`)
        if (members !== undefined)
          await io.line(`A field with $5 ${now.members.join(', ')} is kept in zone ${code}.`)
        if (shareProfile !== undefined)
          await io.line(`Bibs are shared with zone ${code} by profile ${shareProfile}.`)
      }
      return exitCodes.done
    })
  },
)

async function stateOf(db: Database, zone: Zone) {
  const { fields, members = [] } = await protectedFields(db, zone)
  return {
    brief_rule: zone.settings.briefRule ?? shippedBriefRule,
    protect: fields,
    members,
    share_profile: zone.kind === 'network' ? shareProfileCode(zone) : null,
  }
}

const partsOf = (list: string): string[] =>
  list
    .split(',')
    .map((part) => part.trim())
    .filter((part) => part !== '')

/** @throws {CommandFailure} with the first that is no pattern */
function patternsOf(list: string): string[] {
  const patterns = partsOf(list)
  const wrong = patterns.find((pattern) => parseProtectPattern(pattern) === null)
  if (wrong !== undefined)
    throw new CommandFailure(
      `${wrong} is no pattern of fields.`,
      'Write a tag, with X for any digit, with or without a subfield and its value: 9XX, 856 $5, 6XX $2 local, $9 LOCAL.',
    )
  return patterns
}
