import { deactivatePortfolios } from '../../inventory/deactivate.ts'
import { getCollection } from '../../inventory/electronic-collection.ts'
import type { Chosen } from '../../inventory/plan-activation.ts'
import { personHere } from '../../people/person-here.ts'
import { dataOption, withCatalogue } from '../catalogue.ts'
import { chooseZone, zoneOption } from '../choose.ts'
import { command } from '../command.ts'
import { exitCodes } from '../exit-code.ts'
import { collectionArgument } from './argument.ts'

/** Portfolios of a transaction. */
const batchSize = 200

export const collectionDeactivate = command(
  {
    name: 'collection deactivate',
    summary: 'Deletes what an institution has activated of a collection of the community zone.',
    about: ['The bibs that the portfolios were on stay, whether anything is left on them or not.'],
    arguments: collectionArgument,
    options: {
      zone: zoneOption,
      portfolio: {
        type: 'text',
        shown: 'PORTFOLIO',
        meaning: 'that one alone, by its number in the community zone: 53…',
      },
      json: { type: 'flag', meaning: 'print JSON' },
      data: dataOption,
    },
    json: 'one object { deactivated, empty_bibs }; empty_bibs are those without inventory now',
  },
  ({ collection: id, zone: code, portfolio, json, data }, io) =>
    withCatalogue(data, io, async ({ db }) => {
      const zone = await chooseZone(db, code)
      const { collectionId } = await getCollection(db, zone, id)
      const chosen: Chosen = portfolio === undefined ? { collectionId } : { portfolioIds: [portfolio] }
      const done = { deactivated: 0, empty_bibs: 0 }
      for (;;) {
        const gone = await db.transaction((tx) =>
          deactivatePortfolios(tx, zone, chosen, { by: personHere(), limit: batchSize }),
        )
        if (gone.length === 0) break
        done.deactivated += gone.length
        done.empty_bibs += gone.filter(({ isBibEmpty }) => isBibEmpty).length
      }
      if (json) await io.json(done)
      else
        await io.line(
          `Deactivated ${done.deactivated} portfolios in zone ${code}; ${done.empty_bibs} bibs have no inventory now.`,
        )
      return exitCodes.done
    }),
)
