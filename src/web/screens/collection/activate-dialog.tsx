import { useQuery, useQueryClient } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import type { ActivatedList } from '../../../server/api/activation.ts'
import { activationPlanQuery, type Chosen, collectionsChanged } from '../../api/collection-queries.ts'
import { inZone } from '../../api/inventory-queries.ts'
import { post } from '../../api/request.ts'
import { text } from '../../text.ts'
import { BatchDialog } from './batch-dialog.tsx'
import { useBatches } from './use-batches.ts'

const words = text.collection.activate

export type BatchProps = {
  readonly zone: string
  readonly zoneName: string
  readonly chosen: Chosen
  readonly onClose: () => void
  readonly onDone: () => void
}

/** Portfolios that one request takes. */
const step = 200

/** Asks of the server the next step of some titles, or of a collection. */
export async function askStep<Answer>(
  path: string,
  chosen: Chosen,
  at: number,
): Promise<readonly Answer[] | null> {
  const body =
    'collection' in chosen ? chosen : { portfolios: chosen.portfolios.slice(at * step, (at + 1) * step) }
  if ('portfolios' in body && body.portfolios.length === 0) return null
  const answer = await post<readonly Answer[]>(path, body)
  return 'collection' in chosen && answer.length === 0 ? null : answer
}

/** What an activation would come to; then it is done, and said what it came to. */
export function ActivateDialog(
  props: BatchProps & {
    /** Of what is chosen, what can be activated still: one that is withdrawn would have all refused. */
    readonly open: Chosen
    readonly collectionId: string
  },
) {
  const { zone, zoneName, chosen, open, collectionId, onClose, onDone } = props
  const client = useQueryClient()
  const { data: plan, error } = useQuery(activationPlanQuery(zone, chosen))
  const batches = useBatches(
    { made: 0, bibs: 0, there: 0 },
    (at) => askStep<ActivatedList[number]>(inZone(zone, 'activations'), open, at),
    (total, answer) => ({
      made: total.made + answer.filter(({ wasThere }) => !wasThere).length,
      bibs: total.bibs + answer.filter(({ isNewBib }) => isNewBib).length,
      there: total.there + answer.filter(({ wasThere }) => wasThere).length,
    }),
    async () => {
      onDone()
      await collectionsChanged(client)
    },
  )
  const { made, bibs, there } = batches.total
  return (
    <BatchDialog
      title={words.title(zoneName)}
      batches={batches}
      done={made + there}
      all={plan === undefined ? null : plan.toActivate}
      planError={error}
      run={words.run(plan?.toActivate ?? 0)}
      stopped={words.stopped}
      onClose={onClose}
      plan={
        plan !== undefined && (
          <>
            {plan.toActivate === 0 ? (
              <p>{words.nothing}</p>
            ) : (
              <p>
                <strong>{words.plan(plan.toActivate, plan.bibs)}</strong> {words.newBibs(plan.newBibs)}
              </p>
            )}
            {plan.wereThere > 0 && <p>{words.wereThere(plan.wereThere)}</p>}
            {plan.withdrawn > 0 && <p>{words.withdrawn(plan.withdrawn)}</p>}
            {plan.toActivate > 0 && <p className="hint">{words.follows}</p>}
          </>
        )
      }
      report={
        <>
          <p>
            <strong>{words.done(made, zoneName)}</strong> {words.doneBibs(bibs)}
          </p>
          {there > 0 && <p>{words.doneThere(there)}</p>}
          <p>
            <Link
              to="/search"
              search={{ zone, entity: 'electronic-portfolios', query: `collection == "${collectionId}"` }}
            >
              {words.show}
            </Link>
          </p>
        </>
      }
    />
  )
}
