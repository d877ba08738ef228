import type { InventoryStep } from './plan-inventory.ts'

/**
 * Whether what becomes of the inventory of a record is what its preview showed. Pieces that were still to be made
 * have no number there, and what they are refused for may name them otherwise.
 */
export function isAsReviewed(steps: readonly InventoryStep[], reviewed: readonly InventoryStep[]): boolean {
  return (
    steps.length === reviewed.length && steps.every((step, at) => isSame(step, reviewed[at] as InventoryStep))
  )
}

function isSame(step: InventoryStep, reviewed: InventoryStep): boolean {
  const isNew =
    step.result === 'added' || step.result === 'refused' || reviewed.id?.startsWith('new:') === true
  return (
    wordsOf(step) === wordsOf(reviewed) &&
    (isNew || step.id === reviewed.id) &&
    (step.result !== 'changed' || step.why === reviewed.why)
  )
}

/** `item: added MAIN STACKS, barcode 1` */
export const wordsOf = ({ kind, result, code, library, location, barcode, url }: InventoryStep): string =>
  [
    `${kind}: ${result}`,
    library,
    location,
    barcode === null ? null : `barcode ${barcode}`,
    url,
    code === null ? null : `(${code})`,
  ]
    .filter((part) => part !== null)
    .join(' ')
