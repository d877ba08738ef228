import { activatePortfolios } from '../../inventory/activate.ts'
import { getCollection } from '../../inventory/electronic-collection.ts'
import { findOpen, planActivation } from '../../inventory/plan-activation.ts'
import { personHere } from '../../people/person-here.ts'
import { dataOption, withCatalogue } from '../catalogue.ts'
import { chooseZone, zoneOption } from '../choose.ts'
import { command } from '../command.ts'
import { exitCodes } from '../exit-code.ts'
import { collectionArgument } from './argument.ts'

/** Portfolios of a transaction. */
const batchSize = 200

export const collectionActivate = command(
  {
    name: 'collection activate',
    summary: 'Activates the portfolios of a collection of the community zone for an institution.',
    about: [
      'Each becomes a portfolio of the institution, on a linked bib; portfolios that have been withdrawn are left out, and those that the institution has already stay as they are.',
    ],
    arguments: collectionArgument,
    options: {
      zone: zoneOption,
      portfolio: { type: 'text', shown: 'PORTFOLIO', meaning: 'that one alone, by its number: 53…' },
      json: { type: 'flag', meaning: 'print JSON' },
      data: dataOption,
    },
    json: 'one object { activated, were_there, new_bibs }',
  },
  ({ collection: id, zone: code, portfolio, json, data }, io) =>
    withCatalogue(data, io, async ({ db }) => {
      const zone = await chooseZone(db, code)
      const collection = await getCollection(db, zone, id)
      const done = { activated: 0, were_there: 0, new_bibs: 0 }
      const activate = async (ids: readonly string[]) => {
        const activated = await db.transaction((tx) =>
          activatePortfolios(tx, zone, ids, { by: personHere() }),
        )
        for (const { wasThere, isNewBib } of activated) {
          done[wasThere ? 'were_there' : 'activated']++
          if (isNewBib) done.new_bibs++
        }
      }
      if (portfolio !== undefined) await activate([portfolio])
      else {
        done.were_there = (
          await planActivation(db, zone, { collectionId: collection.collectionId })
        ).wereThere
        for (;;) {
          const open = await findOpen(db, zone, collection.collectionId, batchSize)
          if (open.length === 0) break
          await activate(open)
        }
      }
      if (json) await io.json(done)
      else
        await io.line(
          `Activated ${done.activated} portfolios for zone ${code}, with ${done.new_bibs} new linked bibs; ${done.were_there} were there already.`,
        )
      return exitCodes.done
    }),
)
