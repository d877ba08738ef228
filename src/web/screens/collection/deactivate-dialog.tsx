import { useQuery, useQueryClient } from '@tanstack/react-query'
import type { DeactivatedList } from '../../../server/api/activation.ts'
import { collectionsChanged, deactivationPlanQuery } from '../../api/collection-queries.ts'
import { inZone } from '../../api/inventory-queries.ts'
import { text } from '../../text.ts'
import { askStep, type BatchProps } from './activate-dialog.tsx'
import { BatchDialog } from './batch-dialog.tsx'
import { useBatches } from './use-batches.ts'

const words = text.collection.deactivate

/** What a deactivation would come to; then it is done, and said what it came to. */
export function DeactivateDialog({ zone, zoneName, chosen, onClose, onDone }: BatchProps) {
  const client = useQueryClient()
  const { data: plan, error } = useQuery(deactivationPlanQuery(zone, chosen))
  const batches = useBatches(
    { gone: 0, emptied: 0 },
    (at) => askStep<DeactivatedList[number]>(inZone(zone, 'deactivations'), chosen, at),
    (total, answer) => ({
      gone: total.gone + answer.length,
      emptied: total.emptied + answer.filter(({ isBibEmpty }) => isBibEmpty).length,
    }),
    async () => {
      onDone()
      await collectionsChanged(client)
    },
  )
  const { gone, emptied } = batches.total
  return (
    <BatchDialog
      title={words.title(zoneName)}
      batches={batches}
      done={gone}
      all={plan === undefined ? null : plan.portfolios}
      planError={error}
      run={words.run(plan?.portfolios ?? 0)}
      stopped={words.stopped}
      isAlert
      onClose={onClose}
      plan={
        plan !== undefined &&
        (plan.portfolios === 0 ? (
          <p>{words.nothing}</p>
        ) : (
          <>
            <p>
              <strong>{words.plan(plan.portfolios)}</strong> {plan.withOwn > 0 && words.withOwn(plan.withOwn)}
            </p>
            <p>{words.emptied(plan.emptied)}</p>
          </>
        ))
      }
      report={
        <p>
          <strong>{words.done(gone, zoneName)}</strong> {words.doneEmptied(emptied)}
        </p>
      }
    />
  )
}
