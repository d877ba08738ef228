import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { Button, Checkbox } from 'react-aria-components'
import type { LoadReport as Report } from '../../../server/api/collection.ts'
import { type Collection, collectionsChanged } from '../../api/collection-queries.ts'
import { inZone } from '../../api/inventory-queries.ts'
import { query } from '../../api/queries.ts'
import { postFile, Refusal } from '../../api/request.ts'
import { formatBytes } from '../../format.ts'
import { useCommands } from '../../keys/commands.tsx'
import { useMayNot } from '../../people/me.tsx'
import { text } from '../../text.ts'
import { ActionButton } from '../../ui/action-button.tsx'
import { Choice } from '../../ui/choice.tsx'
import { Fault } from '../../ui/fault.tsx'
import { FileDrop } from '../../ui/file-drop.tsx'
import { Given } from '../../ui/given.tsx'
import { LoadReport } from './load-report.tsx'

const words = text.collection.load

/** As much as the server takes in. */
const mostBytes = 64 * 1024 * 1024

const wholes = ['usual', 'whole', 'some'] as const
type Whole = (typeof wholes)[number]

/** Loads a file into a collection: a dry run first, then what it showed. */
export function LoadFile(props: { readonly collection: Collection; readonly onTitles: () => void }) {
  const { collection } = props
  const client = useQueryClient()
  const mayNot = useMayNot('inventory.electronic.edit', collection.zone)
  const [file, setFile] = useState<File | null>(null)
  const [whole, setWhole] = useState<Whole>('usual')
  const [mayWithdrawMost, setMayWithdrawMost] = useState(false)
  const loading = useMutation({
    mutationFn: (isDryRun: boolean) =>
      postFile<Report>(
        `${inZone(collection.zone, 'collections', collection.collectionId, 'titles')}${query({
          fileName: file?.name.slice(0, 400),
          dryRun: String(isDryRun),
          ...(whole === 'usual' ? {} : { whole: String(whole === 'whole') }),
          ...(mayWithdrawMost ? { withdrawMost: 'true' } : {}),
        })}`,
        file ?? new Blob(),
      ),
    onSuccess: async ({ isDryRun }) => {
      if (!isDryRun) await collectionsChanged(client)
    },
  })
  const start = (next: File | null) => {
    setFile(next)
    setMayWithdrawMost(false)
    loading.reset()
  }
  const { data: report, error, isPending } = loading
  const isLoaded = report?.isDryRun === false
  const isRefused = error instanceof Refusal && error.code === 'WITHDRAWS_MOST'
  const withdrawsMost = report?.isDryRun === true && wouldWithdrawMost(report, whole, collection)
  const asksConsent = withdrawsMost || isRefused
  const whyNotDry =
    mayNot ?? (file === null ? words.needsFile : file.size > mostBytes ? words.tooLarge : null)
  const whyNotLoad =
    whyNotDry ??
    (report?.isDryRun !== true && !isRefused
      ? words.needsDryRun
      : asksConsent && !mayWithdrawMost
        ? words.needsConsent
        : null)
  const isNext = whyNotLoad === null
  const run = (isDryRun: boolean) => () => {
    if (!isPending) loading.mutate(isDryRun)
  }
  useCommands([
    {
      name: 'loadTitles',
      label: isNext ? words.load : words.dryRun,
      whyNot: isNext ? whyNotLoad : whyNotDry,
      run: run(!isNext),
    },
  ])
  if (isLoaded)
    return (
      <div className="stack">
        <p className="said" role="status">
          {words.done}
        </p>
        {file !== null && <FileName file={file} />}
        <LoadReport counts={countsOf(report)} lists={report} />
        <div className="form-foot">
          <Button className="button primary" onPress={props.onTitles}>
            {words.seeTitles}
          </Button>
          <Button className="button" onPress={() => start(null)}>
            {words.another}
          </Button>
        </div>
      </div>
    )
  return (
    <div className="stack">
      <p className="hint">{words.teach}</p>
      {file === null ? (
        <FileDrop words={words} isSingle onFiles={([first]) => start(first ?? null)} />
      ) : (
        <p className="upload-line">
          <FileName file={file} />
          <Button className="button small" onPress={() => start(null)}>
            {words.another}
          </Button>
        </p>
      )}
      <Choice
        className="whole-choice"
        label={words.whole}
        value={whole}
        onChange={(next) => {
          setWhole(wholes.find((one) => one === next) ?? 'usual')
          loading.reset()
        }}
        options={wholes.map((id) => ({ id, label: words.wholes[id] }))}
      />
      <div className="head-actions">
        <ActionButton
          command={isNext ? 'dryRunTitles' : 'loadTitles'}
          label={words.dryRun}
          whyNot={whyNotDry}
          isPrimary={!isNext}
          isPending={isPending && loading.variables === true}
          onPress={run(true)}
        />
        {whyNotDry === null && (
          <ActionButton
            command={isNext ? 'loadTitles' : 'loadAfterDryRun'}
            label={words.load}
            whyNot={whyNotLoad}
            isPrimary
            isPending={isPending && loading.variables === false}
            onPress={run(false)}
          />
        )}
      </div>
      {error !== null && <Fault error={error} />}
      {asksConsent && !isPending && (
        <div className="notice" role="status">
          {withdrawsMost && (
            <p>
              {words.withdrawsMost(report.withdrawn.length, collection.portfolios - collection.withdrawn)}
            </p>
          )}
          <Checkbox className="check" isSelected={mayWithdrawMost} onChange={setMayWithdrawMost}>
            <span className="check-box" aria-hidden="true" />
            {words.mayWithdrawMost}
          </Checkbox>
        </div>
      )}
      <p role="status" className="hint">
        {isPending && (loading.variables === true ? words.running.dry : words.running.load)}
      </p>
      {report !== undefined && !isPending && (
        <section className="panel" aria-labelledby="dry-run">
          <h2 id="dry-run">{text.collection.report.dryRun}</h2>
          <LoadReport counts={countsOf(report)} lists={report} isDryRun />
        </section>
      )}
    </div>
  )
}

const FileName = ({ file }: { readonly file: File }) => (
  <span>
    <Given words={file.name} className="upload-name" /> <span className="hint">{formatBytes(file.size)}</span>
  </span>
)

const countsOf = (report: Report) => ({
  ...report,
  rejected: report.rejected.length,
  withdrawn: report.withdrawn.length,
})

/** As the server holds whole files to it: more than ten, and more than half. */
function wouldWithdrawMost(
  { format, withdrawn }: Report,
  whole: Whole,
  { portfolios, withdrawn: gone }: Collection,
): boolean {
  const isWhole = whole === 'usual' ? format === 'kbart' : whole === 'whole'
  return isWhole && withdrawn.length > 10 && withdrawn.length * 2 > portfolios - gone
}
