import { addLocation } from '../../inventory/place.ts'
import { isShelvingScheme, shelvingSchemes } from '../../rules/holdings/call-number-sort.ts'
import { dataOption, withCatalogue } from '../catalogue.ts'
import { chooseZone, zoneOption } from '../choose.ts'
import { command } from '../command.ts'
import { exitCodes } from '../exit-code.ts'

export const locationAdd = command(
  {
    name: 'location add',
    summary: 'Adds a location to a library.',
    arguments: { code: { type: 'text', shown: 'CODE', meaning: '852 $c of holdings there; without blanks' } },
    options: {
      zone: zoneOption,
      library: { type: 'text', shown: 'CODE', required: true, meaning: 'the library that it is in' },
      name: { type: 'text', shown: 'NAME', required: true, meaning: 'its name for people' },
      scheme: {
        type: 'text',
        shown: 'DIGIT',
        choices: shelvingSchemes.filter((scheme) => scheme !== ' '),
        meaning: 'how it is shelved: 0 LC, 1 Dewey, 2 NLM, 3 SuDoc, 8 other',
      },
      data: dataOption,
    },
  },
  ({ code, zone, library, name, scheme, data }, io) =>
    withCatalogue(data, io, async ({ db }) => {
      const callNumberType = scheme !== undefined && isShelvingScheme(scheme) ? scheme : null
      await addLocation(db, await chooseZone(db, zone), library, { code, name, callNumberType })
      await io.line(`Added location ${code} to library ${library} of zone ${zone}.`)
      return exitCodes.done
    }),
)
